// Bundles that are parts of larger ones, or hold smaller ones.
#pragma once

#include <cascade/bundle.h>

#include "bundle/nodes.h"

namespace cascade::bundle {

// Packs the items. With request.within only what these texts show may be in, with request.containing what they show has
// to be in, if that is possible and costs at most request.most_lost_ppm of the value; the certificate's bound is that
// of the free choice all the same, so that its gap counts what nesting cost. `nested`: whether it was done.
Result<Packing> pack_nested(const BundleRequest& request, const Items& items, bool& nested);

}  // namespace cascade::bundle
