// Renders ranked manifests, for `cascade search`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/route.h>

#include "render/paint.h"

#include <string>
#include <string_view>

namespace cascade::rendering {

// Formats text and json (cascade.search/1).
Result<std::string> search(const Registry& registry, std::string_view query, const Routing& routing, Format format,
                           Paint paint);

}  // namespace cascade::rendering
