// What of a library is left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/fetch.h"

namespace cascade::collection {

// What goes with the file: the folder of the skill that it belongs to, or the file alone. Empty: the whole library is
// that skill.
std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path);

// The paths that a word means: a file or a folder of the library, or the skill, agent or command of that name. None:
// there is nothing; several: it is not clear which.
std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word);

// Erases the files at and below these paths. False: there were none.
bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths);

}  // namespace cascade::collection
