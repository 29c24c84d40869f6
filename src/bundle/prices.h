// What more budget would buy, found by packing again with more of it.
#pragma once

#include <cascade/bundle.h>

#include "bundle/items.h"

#include <vector>

namespace cascade::bundle {

// Replaces the shortfall of what the budget kept out of the manifest `request.priced` by its price, and sets
// `bundle.next`. A price is always true: packed with that much more, the section is in. It is the least that a search
// by halving finds; where a section comes, goes and comes again as the budget grows, there may be a lesser one. Nothing
// if no budget brings it in. Packs again a few dozen times, at most about a second's worth of nodes.
Result<Bundle> with_prices(const BundleRequest& request, const Items& items, const Packing& packing, Bundle bundle);

}  // namespace cascade::bundle
