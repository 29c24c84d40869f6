// From a request to its packing problem.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

namespace cascade::bundle {

// Reads nothing but the registry's records. `counter` counts what the registry has no count of.
Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter);

}  // namespace cascade::bundle
