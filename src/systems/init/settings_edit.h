// Adds and removes hook entries in the text of the client's settings.json. Every other byte stays.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/names.h"

namespace cascade::init {

// One of our entries: {"matcher": ..., "hooks": [{"type": "command", "command": ..., "timeout": ...}]} under `event`;
// flat: {"command": ..., "timeout": ..., "matcher": ...} under it.
struct HookEntry {
  std::string event, matcher, command;  // empty matcher: none is written
  std::uint32_t timeout = 0;            // in the client's unit
  bool blocks = false;                  // "onFailure": "block": the tool is refused when the program fails
  bool flat = false;

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

// `comments`: the client accepts // and /* */ in its settings; they are kept.

// The settings with exactly `entries` as ours. An empty text represents a missing file. Entries are added at the end of
// their lists, in the text's own indentation. Adding twice changes nothing, and entries of an older binary are
// replaced. malformed: the text is not a JSON object, or "hooks" has a form that the client does not expect (client
// 2.1.328). The error's path is line:column, to which the caller adds the file.
Result<std::string> add_hooks(std::string_view settings, const std::vector<HookEntry>& entries, bool comments = false);

// The settings without any entry of ours. Undoes add_hooks to the byte if nothing else was changed in between, except
// that lists and objects that only held our entries are removed even if they were there before, empty.
Result<std::string> remove_hooks(std::string_view settings, bool comments = false);

}  // namespace cascade::init
