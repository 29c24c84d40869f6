// What was left out of a bundle, and its price.
#pragma once

#include <cascade/bundle.h>

#include "bundle/items.h"

#include <vector>

namespace cascade::bundle {

// Every head and every section that `packing` does not show whole, and all that the conversation already holds, in the
// order of emission. Shorter forms are not listed: what is left out is the section. The shortfall of an item counts,
// besides its own cost, whatever it needs and is not there, and gives back the shorter form and the mark that it
// replaces.
std::vector<Omission> omissions(const BundleRequest& request, const Items& items, const Packing& packing);

}  // namespace cascade::bundle
