// The texts left out of a bundle, and the price of each.
#pragma once

#include <cascade/bundle.h>

#include "bundle/items.h"

#include <vector>

namespace cascade::bundle {

// Lists every head and section that `packing` does not show whole, and everything the conversation already holds, in
// the order of emission. Shorter forms are not listed: the section is. The shortfall of an item is its own cost plus
// that of everything it needs that is missing, less the shorter form and the mark that it replaces.
std::vector<Omission> omissions(const BundleRequest& request, const Items& items, const Packing& packing);

}  // namespace cascade::bundle
