// The rows of the tables of facts. Each client has one table (claude_code.tsv), which the build compiles into
// constants: the header "client/facts/claude_code.h" with an array for each kind of row. Only sources of
// src/core/client/ and src/core/manifest/ include such a header.
#pragma once

#include <cascade/result.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace cascade::client {

// field: a key of front matter. list: a list or one string. `standard`: one of the six keys of the open skill standard.
enum class ValueType : std::uint8_t { text, boolean, integer, list, map, any };
struct ClientField {
  std::string_view name;
  ValueType type = ValueType::any;
  bool standard = false;
};

// ineffective: a key that the client knows but that does nothing in a manifest of this kind.
struct IneffectiveKey {
  std::string_view name, kind, help;
  bool in_plugins_only = false;
};

// values: a key whose value must be one of a few words. Compared as the client does: ignoring case where the client
// ignores it.
struct ClosedField {
  std::string_view name;
  Span<std::string_view> values;
  bool integers = false;  // a whole number is also allowed
};

// plugin_key: a key of plugin.json or of a marketplace's entries. path: one path or a list of them, each from "./".
enum class PluginValue : std::uint8_t { text, texts, boolean, author, path, paths_or_map, any };
struct PluginField {
  std::string_view name;
  PluginValue value = PluginValue::any;
  bool entry_only = false;  // means something in a marketplace's entry only
};

// transport: `type` of an MCP server; `remote`: it needs a url, else a command.
struct McpTransport {
  std::string_view type;
  bool remote = false;
};

// event: what happened, in a form that is the same for all clients.
enum class EventKind : std::uint8_t {
  other,
  session_start,
  prompt,
  tool_call,
  tool_result,
  tool_failure,
  subagent_start,
  subagent_stop,
  turn_end,
  before_compaction,
  after_compaction,
  session_end,
  directory_added,
  skill_line,  // a shell command in a skill's or command's text is about to run
};
// What an event's matcher is matched against. tool: a tool's name. listed: one of `values`. open: a name known only to
// the session. nothing: a matcher is ignored.
enum class MatchedAgainst : std::uint8_t { nothing, tool, listed, open };
struct Event {
  std::string_view name;
  EventKind kind = EventKind::other;
  MatchedAgainst against = MatchedAgainst::nothing;
  Span<std::string_view> values{};
  std::string_view since{};  // the version with which it came; empty: before any that was looked at

  bool matches() const noexcept { return against != MatchedAgainst::nothing; }
};

// tool. available: an agent that asks for it gets it. interactive: exists outside of `-p` sessions or with an option.
// alias: an old name still accepted for an available one. gone: a former tool, silently dropped.
enum class ToolStanding : std::uint8_t { unknown, available, interactive, alias, gone };
struct Tool {
  std::string_view name;
  ToolStanding standing = ToolStanding::unknown;
  std::string_view instead{};  // the name to use now; empty: there is none
};

// handler: a hook's `type` and the fields that the client requires for it.
struct Handler {
  std::string_view type;
  Span<std::string_view> required;
};

// hook: an event that `cascade init` waits for, and the tools it is for; no matcher: all.
struct WantedEvent {
  std::string_view event, matcher{};
};

// model: prices in thousandths of a dollar for a million tokens; the long ones for a request with a long prompt, 0 if
// they are the same.
struct ModelPrice {
  std::string_view name;
  std::uint32_t input = 0, output = 0, cache_read = 0;
  std::uint32_t long_input = 0, long_output = 0, long_cache_read = 0;
};

// window: the context of a model in tokens, how many characters the client counts as a token of its lists, and whether
// the model gets the earlier form of their texts, in tags.
struct ModelWindow {
  std::string_view name;
  std::uint32_t window = 0, chars_per_token = 0;
  bool earlier_texts = false;
};

// limit: a text of this length arrives whole, with some room for what the client adds. `cut`: where the client cuts it;
// 0: nothing was seen cut.
enum class Unit : std::uint8_t { utf16, bytes, characters, tokens };
struct Limit {
  std::string_view name;
  std::uint32_t value = 0;
  Unit unit = Unit::utf16;
  std::uint32_t cut = 0;
};
// The limits that every client has.
struct Limits {
  Unit unit = Unit::utf16;
  std::uint32_t context = 0;  // for one text added to a conversation
  std::uint32_t task = 0;     // for a subagent's rewritten task
};

// folder: where a client looks for manifests, below a project or the user's folder. File names of agents and commands
// end like this (".agent.md").
struct FolderForm {
  std::string_view folder;
  bool of_project = false, of_user = false;
  Span<std::string_view> skills{}, agents{}, commands{};
  std::string_view agent_ending{}, command_ending{};
};

// listed_skill, listed_agent: a line that the client lists without a manifest. `chars`: UTF-16 units of the whole line;
// `tokens`: of o200k, with its line end. `protected_text`: keeps its description when the list exceeds its limit.
struct BuiltInLine {
  std::string_view name;
  std::uint16_t chars = 0, tokens = 0;
  bool bundled = false;  // the setting disableBundledSkills removes it
  bool protected_text = false;
};

// own_skill: a skill of the client itself, by the length of its name and description in characters of one byte each.
struct OwnSkill {
  std::size_t name = 0, description = 0;
};

// The other kinds are names alone. alias: a word for a model; marketplace: a name that the client keeps for its vendor;
// agent: a type that needs no manifest; other_agent: one of other versions or surfaces; command: a slash command;
// setting: a key of the settings; hooks_key: a key at the top of a plugin's hooks.json; own_source: who a skill or
// command comes from if it is the client's own or its administrator's; family: of models, the cheapest first; reads,
// reads_of_user: a folder whose manifests the client reads itself, nearest first; fills: a folder whose commands it
// fills by its own rules; strict: the kinds of manifests that the client drops for one unknown key; drops: keys whose
// value drops the manifest if it has another type than the row says.

// The rows of one kind.
template <typename Row, std::size_t Count>
constexpr Span<Row> all_of(const Row (&rows)[Count]) noexcept {
  return {rows, Count};
}

template <typename Rows>
constexpr const auto* find_by_name(const Rows& rows, std::string_view name) noexcept {  // REQUIRES: sorted
  const auto* const found =
      std::lower_bound(std::begin(rows), std::end(rows), name,
                       [](const auto& row, std::string_view wanted) { return row.name < wanted; });
  return found != std::end(rows) && found->name == name ? found : nullptr;
}

template <std::size_t Count>
constexpr bool has_name(const std::string_view (&rows)[Count], std::string_view name) noexcept {
  return std::ranges::find(rows, name) != std::end(rows);
}

// The words that a key's value may be, in a constant: without such a row it does not compile.
template <std::size_t Count>
constexpr Span<std::string_view> values_of(const ClosedField (&rows)[Count], std::string_view name) {
  return std::ranges::find_if(rows, [&](const ClosedField& row) { return row.name == name; })->values;
}

// The limit of this name, in a constant: without such a row it does not compile.
template <std::size_t Count>
constexpr const Limit& limit_of(const Limit (&rows)[Count], std::string_view name) {
  return *std::ranges::find_if(rows, [&](const Limit& row) { return row.name == name; });
}

template <std::size_t Count>
consteval Limits limits_of(const Limit (&rows)[Count]) {
  const Limit &context = limit_of(rows, "context"), &task = limit_of(rows, "task");
  return {context.unit, context.value, task.value};
}

// Of the files of other clients, by which `validate` judges them: key, a key of a manifest's front matter or TOML file.
// `kind`: agent, command or skill. `required`: without it the client drops the manifest. `values`: the only words it
// may be.
struct ManifestKey {
  std::string_view name, kind;
  ValueType type = ValueType::any;
  bool required = false;
  Span<std::string_view> values{};
};

// hook_file: where a project's hooks are, `*` for any name. nested: an event has groups with handlers; flat: handlers.
enum class HookShape : std::uint8_t { nested, flat };
struct HookFile {
  std::string_view path;
  HookShape shape = HookShape::nested;
  bool milliseconds = false;      // of `timeout`
  std::string_view seconds = {};  // another name of `timeout`, if the client has one
};

// settings_file: a file of a project with settings, in any folder. JSON or, by its ending, TOML.
// `servers`: the key of the MCP servers. `mark`: in a text, what stands before the path of a file that replaces it.
struct ProjectSettings {
  std::string_view path;
  bool comments = false, last_commas = false;  // of JSON: the client allows them
  std::string_view servers{}, mark{};
  std::string_view reader{};  // the program that reads it, where that is not the client itself
};

// setting: a key of these files ("." the whole file), `*` for any name, `[]` for the items of a list. Of several rows
// all count.
struct Setting {
  std::string_view name;
  Span<std::string_view> types{};   // text, boolean, number, list, map; none: any
  Span<std::string_view> values{};  // the only words that a text may be
  bool file = false;                // a text that names a file
  // In a map: one of these keys must be there, and these must not; only with this key, or this key and value
  // ("type=local").
  Span<std::string_view> needs{}, excludes{};
  std::string_view where{};
};

}  // namespace cascade::client
