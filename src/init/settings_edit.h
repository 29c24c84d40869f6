// Hook entries into and out of the client's settings.json, as text: every byte that is not ours stays.
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
  std::string event, matcher, command;  // matcher empty: none is written
  std::uint32_t timeout = 0;            // in the client's unit
  bool blocks = false;                  // "onFailure": "block": the tool is refused when the program fails
  bool flat = false;
};

// Of entries that memory alone needs: it matches as much as none does, and tells them from those of other systems.
constexpr std::string_view every_one = client::matchers::every_tool;

// A matcher of an entry that hooks of skills need too, which are for any tool: `other` is what the entry would have
// without them, which stays to be read. Empty: it would not be there.
std::string also_for_trust(std::string_view other);

// Whether a hook command runs `cascade hook` or `cascade guard`: its program is called cascade (quoted or not, any
// folder) and its first argument is hook or guard.
bool runs_cascade(std::string_view command);

// The systems that the settings have entries for, by name; empty when there is none, or the text is no settings.
std::vector<std::string> installed_systems(std::string_view settings);

// The programs that our entries in these settings call, as they are written; empty when the text is no settings.
std::vector<std::string> hooked_programs(std::string_view settings, bool comments = false);

// Whether these settings tell the client to call no hook at all (client 2.1.328).
bool disables_hooks(std::string_view settings);

// `comments`: the client takes // and /* */ in its settings, and they stay.

// The settings with exactly `entries` of ours. An empty text stands for no file. Entries go to the end of their lists,
// in the indentation that the text has; adding twice changes nothing, entries of an older binary are replaced.
// malformed: the text is no JSON object, or "hooks" is not what the client expects (client 2.1.328); the error's
// path is line:column, what stands before it is the caller's.
Result<std::string> add_hooks(std::string_view settings, const std::vector<HookEntry>& entries, bool comments = false);

// The settings without any entry of ours. Undoes add_hooks to the byte where nothing else was changed in between,
// except that lists and objects that only held our entries go, also if they stood there empty before.
Result<std::string> remove_hooks(std::string_view settings, bool comments = false);

}  // namespace cascade::init
