// Renders manifests as rows, for `cascade list`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include "render/paint.h"
#include "render/roots.h"

#include <string>
#include <vector>

namespace cascade::rendering {

// Formats text and json (cascade.list/1).
Result<std::string> list(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots,
                         Format format, Paint paint);

}  // namespace cascade::rendering
