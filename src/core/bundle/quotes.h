// Texts from elsewhere as items for the packer, next to the sections.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

#include <cstdint>
#include <vector>

namespace cascade::bundle {

// Each quote is a group that a root may bring and that needs its heading. REQUIRES: the nodes of the sections exist.
void add_quotes(const BundleRequest& request, const TokenCounter& counter, Items& items);

// Moves the chosen quotes to the bundle's quotes, in the order asked for, and the rest to its left quotes. `chosen`:
// by node.
void emit_quotes(const BundleRequest& request, const Items& items, const Packing& packing,
                 const std::vector<std::uint8_t>& chosen, Bundle& bundle);

}  // namespace cascade::bundle
