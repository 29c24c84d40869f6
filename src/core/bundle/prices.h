// Finds what more budget would buy, by packing again with more.
#pragma once

#include <cascade/bundle.h>

#include "bundle/items.h"

namespace cascade::bundle {

// Replaces the shortfall of texts that the budget kept out of the manifest `request.priced` by their price, and sets
// `bundle.next`. A price is always true: packed with that much more, the section is in. It is the least that a search
// by halving finds; if a section comes, goes and comes back as the budget grows, a lower price may exist. Nothing if
// no budget brings it in. Packs again a few dozen times, at most about a second's worth of nodes.
Result<Bundle> with_prices(const BundleRequest& request, const Items& items, const Packing& packing, Bundle bundle);

}  // namespace cascade::bundle
