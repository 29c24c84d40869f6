// Renders manifests as rows, for `cascade list`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include "render/paint.h"

#include <string>
#include <vector>

namespace cascade::rendering {

// `roots`: their paths by number, for shadowed names. Formats text and json (cascade.list/1).
Result<std::string> list(const Registry& registry, const std::vector<ManifestId>& rows,
                         const std::vector<std::string>& roots, Format format, Paint paint);

}  // namespace cascade::rendering
