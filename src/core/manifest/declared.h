// Reads what the front matter declares about other manifests and tools.
#pragma once

#include <cascade/manifest.h>

#include "manifest/problems.h"
#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::manifest {

// Fills references, tools, conflicts and requires_any of `out`; malformed tools are problems. The keys are listed in
// docs/references.md.
void read_declared(const syntax::Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems);

}  // namespace cascade::manifest
