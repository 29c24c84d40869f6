// Our entries in the settings that clients read: what a version of Cascade writes there, and what is there. And the
// text of such settings, prepared for changes in places.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/dialect.h"
#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::init {

// Replaces [begin, end) by `text`.
struct TextEdit {
  std::size_t begin = 0, end = 0;
  std::string text;
};

// REQUIRES: edits do not overlap.
std::string apply_edits(std::string_view text, std::vector<TextEdit> edits);

using Places = syntax::LineIndex;  // for the byte offsets of the positions in nodes

// The layout of the text. `unit` is one step of indentation; `compact`: everything is on one line.
struct Layout {
  std::string unit = "  ", line_end = "\n";
  bool compact = false;
};
Layout layout_of(std::string_view text, const syntax::Node& root, const Places& places);

// A value to write, in the layout of its surroundings.
class JsonText {
 public:
  static JsonText object() { return {'{', {}}; }
  static JsonText array() { return {'[', {}}; }
  static JsonText string(std::string_view value);
  static JsonText number(std::uint64_t value) { return {0, std::to_string(value)}; }

  // REQUIRES: an object; an array.
  void add(std::string_view key, const JsonText& value) { children_.emplace_back(key, value); }
  void add(const JsonText& value) { children_.emplace_back(std::string(), value); }
  std::string write(const Layout& layout, std::size_t depth) const;

 private:
  JsonText(char open, std::string scalar) : open_(open), scalar_(std::move(scalar)) {}

  char open_;  // '{', '[' or 0 for a scalar
  std::string scalar_;
  std::vector<std::pair<std::string, JsonText>> children_;
};

// The last member of that name, since the client reads duplicates that way.
std::optional<std::size_t> member(const syntax::Node& object, std::string_view name);

// Adds children after the last one. `depth` is that of the new children: 1 for members of the root.
TextEdit append_members(const Places& places, const syntax::Node& object,
                        const std::vector<std::pair<std::string, JsonText>>& members, const Layout& layout,
                        std::size_t depth);
TextEdit append_items(const Places& places, const syntax::Node& list, const std::vector<JsonText>& items,
                      const Layout& layout, std::size_t depth);

// Cuts the children with these indices (ascending) out of an object (members) or a list, with their commas: exactly
// what append_members and append_items add.
void cut_children(std::string_view text, const Places& places, const syntax::Node& node,
                  const std::vector<std::size_t>& children, std::vector<TextEdit>& edits);

// `text` must outlive it.
struct SettingsText {
  explicit SettingsText(std::string_view given) : text(given), places(given) {}
  std::string_view text;
  Places places;
  syntax::Node root;  // an object
  Layout layout;
};

// A byte order mark stays in front, and offsets do not count it.
struct Marked {
  explicit Marked(std::string_view whole);
  std::string mark;
  std::string_view text;
};

// The settings without the comments that some clients accept; all offsets stay the same.
std::string as_json(std::string_view text, bool comments);

// malformed: not JSON or not an object; the error's path is line:column.
Result<SettingsText> read_settings(std::string_view text);
Error malformed_settings(const syntax::Position& at, const std::string& what);

// One of our entries: {"matcher": ..., "hooks": [{"type": "command", "command": ..., "timeout": ...}]} under `event`;
// flat: {"command": ..., "timeout": ..., "matcher": ...} under it.
struct HookEntry {
  std::string event, matcher, command;  // empty matcher: none is written
  std::uint32_t timeout = 0;            // in the client's unit
  bool blocks = false;                  // "onFailure": "block": the tool is refused when the program fails
  bool flat = false;
  std::uint32_t context_tokens = 0;  // "additionalContextLimit"; 0: none is written

  bool operator==(const HookEntry&) const = default;
};

// Whether a hook command runs `cascade hook` or `cascade guard`: its program is called cascade or cascade.exe (quoted
// or not, in any folder) and its first argument is hook or guard.
bool runs_cascade(std::string_view command);

// Our entries in these settings, in their order; empty if there are none or the text is not settings.
std::vector<HookEntry> entries_in(std::string_view settings, bool comments = false);

// The programs that our entries in these settings call, as they are written; empty if the text is not settings.
std::vector<std::string> hooked_programs(std::string_view settings, bool comments = false);

// The key by which these settings keep the client from calling a user's hooks (client 2.1.332); empty: none does.
// `managed`: they are an administrator's, who alone may say that only managed hooks count.
std::string_view silencing_key(std::string_view settings, bool managed);

// The entries that hook `binary` (an absolute path) into every event that Cascade answers, and those that `systems`
// need in addition, so that an unwanted system starts no process.
std::vector<HookEntry> hook_entries(const std::string& binary, const std::vector<std::string>& systems = {});

// The events that the system needs to hear and that none of these entries of ours brings, each once; empty: it is
// called. Which program an entry calls, how long it may take and what else it is for do not matter.
std::vector<std::string> unheard(std::string_view system, const std::vector<HookEntry>& present);

// Whether one of these entries calls us for all that the entry calls us for.
bool is_covered(const HookEntry& entry, const std::vector<HookEntry>& by);

// The systems whose entries these settings have: `recorded`, if installing those gives just these entries; else the
// fewest that give just these. Where none do, as after an edit by hand or an older version: those that hear all that
// they need, and of `recorded` those that hear a part of it. Empty: no entry is ours, or no system needs one.
std::vector<std::string> installed_systems(std::string_view settings, const std::vector<std::string>& recorded = {});

// The shell command by which a client calls the hook.
std::string hook_command(const client::Dialect& client, const std::string& binary);

// The entries for a client without systems, in the form of its settings.
std::vector<HookEntry> hook_entries(const client::Dialect& client, const std::string& binary);

// The programs that our entries in a client's settings call, as they are written.
std::vector<std::string> hooked_programs(const client::Dialect& client, std::string_view settings);

// Of settings that are read already. A handler, and the list of handlers of a group; null if it has none that we
// understand: a flat entry is a handler without a group around it.
bool is_ours(const syntax::Node& handler);
const syntax::Node* handlers_of(const syntax::Node& group);
std::vector<HookEntry> entries_of(const SettingsText& settings);

// The MCP server `cascade mcp` in the settings that clients read.
constexpr std::string_view serving_verb = "mcp";
constexpr std::string_view server_name = "cascade";

// The program of a server that runs `cascade mcp`, as written. Empty if there is no server of that name, if it
// belongs to someone else, or if the text cannot be read.
std::string served_program(std::string_view text, const client::ServerSettings& settings);

// Of settings that are read already: our server, and the node with its program's path if it runs `cascade mcp`; null:
// there is none.
const syntax::Node* server_of(const syntax::Node& root, const client::ServerSettings& settings);
const syntax::Node* program_of(const syntax::Node* server);

}  // namespace cascade::init
