// Bundles inside larger ones, or around smaller ones.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

namespace cascade::bundle {

// Packs the items. With request.within, only what these texts show may be in; with request.containing, everything they
// show must be in, if that is possible and costs at most request.most_lost_ppm of the value. The certificate's bound
// is still that of the free choice, so its gap includes the cost of nesting. `nested`: whether it was done.
Result<Packing> pack_nested(const BundleRequest& request, const Items& items, bool& nested);

}  // namespace cascade::bundle
