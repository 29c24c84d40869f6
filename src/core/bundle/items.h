// Makes the packing problem of a request.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

namespace cascade::bundle {

// Reads only the registry's records. `counter` counts what the registry has no count for.
Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter);

}  // namespace cascade::bundle
