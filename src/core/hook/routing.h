// Routes a prompt and leaves out manifests that do not belong in this conversation.
#pragma once

#include <cascade/route.h>

#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// Routes the query without the manifests that need a program or file that is missing here, that their author or the
// user reserves for calls by name, that are switched off, or that the conversation ruled out. A manifest called by name
// is let in all the same, unless it is switched off or this very prompt refuses it. No ranking is made.
// `denied`: takes those that the prompt calls by name although they are switched off.
Routing route_prompt(Conversation& conversation, const Router& router, Query query,
                     std::vector<ManifestId>* denied = nullptr);

// Whether the prompt calls the manifest by name.
bool is_called(const Routing& routing, ManifestId id);
bool is_refused(const Routing& routing, ManifestId id);

// Whether the author's `paths` let the manifest come by itself here: the prompt names a file that one of them matches,
// or the work tree has one. Without `paths`: yes. `directory`: absolute.
bool suits_paths(const Registry& registry, ManifestId id, std::string_view prompt, const std::string& directory);

// The names in the working directory. Empty if it cannot be read or holds more than 400 entries: so many names tell
// little, and the prompt does not wait for them.
std::vector<std::string> files_at_hand(const std::string& directory);

// Those of the needs `bin:NAME` and `file:PATH` that are not met here. PATH is relative to the working directory, or a
// pattern for a name in it. `mcp:NAME` is not judged, since only the client knows which servers run. `search_path` has
// the format of PATH; if it is empty, every program counts as present.
std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path);

}  // namespace cascade::hook
