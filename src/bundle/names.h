// Nothing dangles: whatever a shown line names has a card, or a line of its own in the last block.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

namespace cascade::bundle {

// Adds a node for each name that may need a line, and requires it, or the card, of each form that shows the name.
// REQUIRES: the nodes of all manifests are there.
void add_names(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

}  // namespace cascade::bundle
