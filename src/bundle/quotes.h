// Texts from elsewhere as items of the packer, beside the sections.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

#include <cstdint>
#include <vector>

namespace cascade::bundle {

// Each quote is a group that a root may bring and that needs its heading. REQUIRES: the sections' nodes are there.
void add_quotes(const BundleRequest& request, const TokenCounter& counter, Items& items);

// What the packing chose of them goes to the bundle's quotes, in the order asked for; the rest to its left quotes.
// `chosen`: by node.
void emit_quotes(const BundleRequest& request, const Items& items, const Packing& packing,
                 const std::vector<std::uint8_t>& chosen, Bundle& bundle);

}  // namespace cascade::bundle
