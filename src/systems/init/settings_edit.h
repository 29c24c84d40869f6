// Adds and removes hook entries in the text of the client's settings.json. Every other byte stays.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "installed/entries.h"

namespace cascade::init {

// `comments`: the client accepts // and /* */ in its settings; they are kept.

// The settings with exactly `entries` as ours. An empty text represents a missing file. Entries are added at the end of
// their lists, in the text's own indentation. Adding twice changes nothing, and entries of an older binary are
// replaced. malformed: the text is not a JSON object, or "hooks" has a form that the client does not expect (client
// 2.1.328). The error's path is line:column, to which the caller adds the file.
Result<std::string> add_hooks(std::string_view settings, const std::vector<HookEntry>& entries, bool comments = false);

// The settings without any entry of ours. Undoes add_hooks to the byte if nothing else was changed in between, except
// that lists and objects that only held our entries are removed even if they were there before, empty.
Result<std::string> remove_hooks(std::string_view settings, bool comments = false);

// Adds and removes the MCP server `cascade mcp` in the text of a client's settings. Every other byte stays.

// The settings with the server, which calls `program`. An empty text represents a missing file. Additions that someone
// made to our server stay: an outdated program is changed in place. malformed: the text cannot be read, or its servers
// are in a form that cannot be extended; unwritable: a server of that name belongs to someone else.
Result<std::string> add_server(std::string_view text, const client::ServerSettings& settings,
                               const std::string& program);

// The settings without our server. Undoes add_server to the byte if nothing else was changed in between, except that an
// object that only held our server is removed even if it was there before, empty.
Result<std::string> remove_server(std::string_view text, const client::ServerSettings& settings);

// Switches systems on in the text of a cascade.yaml: the lines that `init --with` writes. Every other byte stays.
struct SwitchEdit {
  std::string text;                   // the file's afterwards
  std::vector<std::string> switched;  // those that were switched on
  // Those that are not on and whose line is the user's to write: the file says that they are off, or it has a form that
  // is not changed.
  std::vector<std::string> left;
};

// `systems`: names of systems; others, and those that are on without a line, are passed over. An empty text stands for
// a missing file. The result reads as YAML in which all else has the value that it had.
SwitchEdit switch_on(std::string_view text, const std::vector<std::string>& systems);

// The entry skill (client/built_in.h) next to the settings that hold the hooks.

// The next step for the file. keep: it is there already, or nothing of ours is. foreign: a skill of that name belongs
// to someone else or was changed, and stays.
struct EntryPlan {
  enum class Step { keep, write, remove, foreign };
  std::string path;
  Step step = Step::keep;
};

// `claude_folder`: the .claude folder of the settings.
EntryPlan plan_entry_installation(const files::Tree& tree, const std::string& claude_folder);
EntryPlan plan_entry_removal(const files::Tree& tree, const std::string& claude_folder);

// Removing also deletes the folders that held nothing else. Error: unwritable.
Result<void> carry_out(const EntryPlan& plan);

}  // namespace cascade::init
