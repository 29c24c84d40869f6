// Lists every file below a root, not only manifests, for the validator.
#pragma once

#include <cascade/diagnostic.h>

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::discovery {

// `files`: relative to the root, sorted; the target of a link is listed under its real path. `problems`: SEC010 for
// links that leave the root or form a loop, ID009 for folders that cannot be listed or are nested too deep.
struct TreeListing {
  std::vector<std::string> files;
  std::vector<Diagnostic> problems;
};

struct ListingLimits {
  std::uint32_t depth = 64;
  std::uint32_t files = 1'000'000;
};

// Does not enter links, .git or node_modules. not_found, unreadable: the root itself cannot be listed.
Result<TreeListing> list_tree(const files::Tree& tree, const std::string& root, const ListingLimits& limits = {});

}  // namespace cascade::discovery
