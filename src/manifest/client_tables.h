// What the client itself brings along: the one place with facts of a client version (2.1.328). client_tables.cpp holds
// what exists, client_fields.cpp the front matter, client_plugins.cpp the JSON of plugins.
#pragma once

#include <cascade/manifest.h>

#include <cstdint>
#include <string_view>

namespace cascade {

constexpr std::string_view client_tables_version = "2.1.328";

// All look-ups are case-sensitive, as in the client; all tables are sorted by bytes.

// Agent types that exist without a manifest ("general-purpose").
bool is_builtin_agent(std::string_view name) noexcept;
// As is_builtin_agent, and tolerant: small letters for capitals ("explore"), agents of other versions of the client.
bool is_client_agent(std::string_view name) noexcept;

// available: an agent that asks for it gets it. interactive: exists outside of `-p` sessions or with an option.
// alias: an accepted old name of an available one. gone: was a tool once, is dropped in silence.
enum class ToolStanding : std::uint8_t { unknown, available, interactive, alias, gone };

struct KnownTool {
  std::string_view name;
  ToolStanding standing;
  std::string_view instead;  // the name to use now; empty when there is none
};
Span<KnownTool> known_tools() noexcept;
const KnownTool* find_tool(std::string_view name) noexcept;  // null when unknown

// Slash commands of the client; a manifest of this name is hidden or hides.
bool is_builtin_command(std::string_view name) noexcept;

// What a `hooks` entry may be keyed by, and what its matcher is held against. tool: a tool's name. listed: one of
// `values`. open: a name that only the session knows. nothing: a matcher is ignored.
enum class MatchedAgainst : std::uint8_t { nothing, tool, listed, open };
struct ClientEvent {
  std::string_view name;
  MatchedAgainst against = MatchedAgainst::nothing;
  Span<std::string_view> values;

  bool matches() const noexcept { return against != MatchedAgainst::nothing; }
};
const ClientEvent* find_client_event(std::string_view name) noexcept;  // null when unknown
Span<ClientEvent> client_events() noexcept;

// A handler's `type` and the fields without which the client refuses it.
struct HookHandler {
  std::string_view type;
  Span<std::string_view> required;
};
const HookHandler* find_hook_handler(std::string_view type) noexcept;
Span<HookHandler> hook_handlers() noexcept;

// Front matter keys. list: a list or one string. `standard`: one of the six keys of the open skill standard.
enum class ValueType : std::uint8_t { text, boolean, integer, list, map, any };
struct ClientField {
  std::string_view name;
  ValueType type = ValueType::any;
  bool standard = false;
};
const ClientField* find_client_field(std::string_view key) noexcept;
Span<ClientField> client_fields() noexcept;

// A key that the client knows but that does nothing in a manifest of this kind.
struct IneffectiveField {
  Kind kind;
  std::string_view name, help;
  bool in_plugins_only = false;
};
Span<IneffectiveField> ineffective_fields() noexcept;

// A key whose value must be one of a few words; compared as the client does, without regard to case where it has none.
struct ClosedField {
  std::string_view name;
  Span<std::string_view> values;
  bool integers = false;  // a whole number is fine, too
};
const ClosedField* find_closed_field(std::string_view key) noexcept;

// An alias ("sonnet", "opus[1m]", "inherit") or a full name of the vendor's ("claude-...", also behind a cloud's
// prefix).
bool is_model_name(std::string_view name) noexcept;
Span<std::string_view> model_aliases() noexcept;

// Keys of plugin.json and of a marketplace's entries. path: one path or a list of them, each from "./".
enum class PluginValue : std::uint8_t { text, texts, boolean, author, path, paths_or_map, any };
struct PluginField {
  std::string_view name;
  PluginValue value = PluginValue::any;
  bool entry_only = false;  // means something in a marketplace's entry only
};
const PluginField* find_plugin_field(std::string_view key) noexcept;
Span<PluginField> plugin_fields() noexcept;
bool is_reserved_marketplace(std::string_view name) noexcept;  // names that the client keeps for its vendor

// `type` of an MCP server; `remote`: it needs a url, else a command.
struct McpTransport {
  std::string_view type;
  bool remote = false;
};
const McpTransport* find_mcp_transport(std::string_view type) noexcept;

}  // namespace cascade
