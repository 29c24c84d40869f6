// The surroundings of a prompt: the files in its directory and the programs that the machine lacks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::hook {

// The names in the working directory. Empty if it cannot be read or holds more than 400 entries: so many names tell
// little, and the prompt does not wait for them.
std::vector<std::string> files_at_hand(const std::string& directory);

// Those of the needs `bin:NAME` and `file:PATH` that are not met here. PATH is relative to the working directory, or a
// pattern for a name in it. `mcp:NAME` is not judged, since only the client knows which servers run. `search_path` has
// the format of PATH; if it is empty, every program counts as present.
std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path);

}  // namespace cascade::hook
