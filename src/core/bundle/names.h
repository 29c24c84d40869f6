// Ensures that every name in a shown line has a card, or a line of its own in the last block.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

namespace cascade::bundle {

// Adds a node for each name that may need a line, and makes each form that shows the name require it, or the card.
// REQUIRES: the nodes of all manifests exist.
void add_names(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

}  // namespace cascade::bundle
