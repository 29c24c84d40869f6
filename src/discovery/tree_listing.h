// Every file below a root, not only manifests: what the validator looks at.
#pragma once

#include <cascade/diagnostic.h>

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::discovery {

// `files`: relative to the root, sorted; files that a link stands for are listed where they really are. `problems`:
// SEC010 for links that leave the root or run in a circle, ID009 for folders that cannot be listed or lie too deep.
struct TreeListing {
  std::vector<std::string> files;
  std::vector<Diagnostic> problems;
};

struct ListingLimits {
  std::uint32_t depth = 64;
  std::uint32_t files = 1'000'000;
};

// Enters no link, no .git and no node_modules. not_found, unreadable: the root itself cannot be listed.
Result<TreeListing> list_tree(const files::Tree& tree, const std::string& root, const ListingLimits& limits = {});

}  // namespace cascade::discovery
