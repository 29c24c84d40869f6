// The keys of manifests and plugins that the client knows (2.1.328): client_fields.cpp holds the front matter,
// client_plugins.cpp the JSON of plugins.
#pragma once

#include <cascade/manifest.h>

#include <cstdint>
#include <string_view>

namespace cascade {

// All look-ups are case-sensitive, as in the client; all tables are sorted by bytes.

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

// A key whose value must be one of a few words. Compared as the client does: ignoring case where the client ignores it.
struct ClosedField {
  std::string_view name;
  Span<std::string_view> values;
  bool integers = false;  // a whole number is also allowed
};
const ClosedField* find_closed_field(std::string_view key) noexcept;

// An alias ("sonnet", "opus[1m]", "inherit") or one of the vendor's full names ("claude-...", also after a cloud's
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
