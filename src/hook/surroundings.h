// Where a prompt is asked: the files at hand, and what the machine lacks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::hook {

// The names in the working directory. None when it cannot be read or holds more than 400: then they tell little, and
// the prompt does not wait for them.
std::vector<std::string> files_at_hand(const std::string& directory);

// Of `bin:NAME` and `file:PATH` (of the working directory, or a pattern for a name in it) those that do not hold here.
// `mcp:NAME` is not judged: only the client knows which servers run. `search_path`: as PATH; empty: programs are there.
std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path);

}  // namespace cascade::hook
