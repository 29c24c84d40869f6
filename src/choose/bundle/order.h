// The order of the manifests in a bundle.
#pragma once

#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <cstdint>
#include <vector>

namespace cascade::bundle {

// The roots first, in canonical order; then by layer, and within a layer in the order of calls: by the procedure of
// the first manifest that calls them, line by line, then by the rest of its text, then by its front matter. So a
// playbook's skills follow its chain, and agents the steps.
struct Ordered {
  Selected selected;
  std::uint32_t place = 0;  // how many of the same distance are called before it, of whatever layer; 0 for a root
};
std::vector<Ordered> in_order(const Registry& registry, const std::vector<Selected>& selected);

}  // namespace cascade::bundle
