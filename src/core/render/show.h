// Renders one manifest in full, for `cascade show`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bundle/linked_files.h"
#include "render/list.h"
#include "render/parts.h"

namespace cascade::rendering {

// With `section`, only that section and the references in it. `files`: those that lie beside it. `roots`: their paths
// by number, for shadowed names. Formats text and json (cascade.show/1).
Result<std::string> show(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section,
                         const std::vector<bundle::ListedFile>& files, const Roots& roots, Format format, Paint paint);

}  // namespace cascade::rendering
