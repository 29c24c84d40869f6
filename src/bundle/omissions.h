// What was left out of a bundle, and its price.
#pragma once

#include <cascade/bundle.h>

#include "bundle/items.h"

namespace cascade::bundle {

// For every item of the problem that is not in `packing`, and all that the conversation already holds, in canonical
// order. Shorter forms are not listed: what is left out is the section. The shortfall of an item counts, besides its
// own cost, the heads and pinned items of the closed manifests on its way from a root, and gives back the shorter form
// that it replaces.
std::vector<Omission> omissions(const BundleRequest& request, const Items& items, const Packing& packing);

}  // namespace cascade::bundle
