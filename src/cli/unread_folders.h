// Finds folders of manifests below a root that the root does not read: copies in other languages, other marketplaces,
// parts of a program that installs them.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::cli {

// Returns the folders above skills/, agents/, commands/ or .claude-plugin/, relative to the root, sorted by path. Looks
// at the root's upper levels and at a limited number of entries, so that it takes milliseconds; anything beyond is not
// found. `registry`: what was read from that root, with paths relative to it.
std::vector<std::string> unread_folders(const files::Tree& tree, const std::string& root, const Registry& registry);

// The first three as one text, "a, b, c and 2 more".
std::string listed(const std::vector<std::string>& folders);

}  // namespace cascade::cli
