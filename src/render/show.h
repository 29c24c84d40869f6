// One manifest in full: `cascade show`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include "render/paint.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cascade::rendering {

// With `section`, only that section and the references in it. Formats text and json (cascade.show/1).
Result<std::string> show(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section, Format format,
                         Paint paint);

}  // namespace cascade::rendering
