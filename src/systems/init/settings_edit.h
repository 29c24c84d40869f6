// Adds and removes hook entries in the text of the client's settings.json. Every other byte stays.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

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

}  // namespace cascade::init
