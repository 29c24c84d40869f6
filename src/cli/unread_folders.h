// Folders of manifests that lie below a root and that the root does not read: copies in other languages, other
// marketplaces, components of a program that installs them.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::cli {

// Relative to the root, by path: the folder above skills/, agents/, commands/ or .claude-plugin/. Looks at the root's
// upper levels and at so many entries that it takes milliseconds; what hides behind them is not found. `registry`: what
// was read of that root, by paths relative to it.
std::vector<std::string> unread_folders(const files::Tree& tree, const std::string& root, const Registry& registry);

}  // namespace cascade::cli
