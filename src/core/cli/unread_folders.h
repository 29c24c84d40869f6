// Finds folders of manifests below a root that the root does not read: copies in other languages, other marketplaces,
// parts of a program that installs them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::cli {

using ReadPaths = std::set<std::string, std::less<>>;

// Returns the folders above skills/, agents/, commands/, .claude-plugin/ or folders of skills, relative to the root,
// sorted by path. Looks at the root's upper levels and at a limited number of entries, so that it takes milliseconds;
// anything beyond is not found. `read`: the manifests that were read from that root, with paths relative to it.
std::vector<std::string> unread_folders(const files::Tree& tree, const std::string& root, ReadPaths read);

// The first three as one text, "a, b, c and 2 more".
std::string listed(const std::vector<std::string>& folders);

}  // namespace cascade::cli
