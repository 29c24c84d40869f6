// Reads what the front matter declares about other manifests and tools.
#pragma once

#include <cascade/manifest.h>

#include <vector>

#include "manifest/body_text.h"
#include "manifest/problems.h"
#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::manifest {

// Fills references, tools, conflicts and requires_any of `out`; malformed tools are problems. The keys are listed in
// docs/references.md.
void read_declared(const syntax::Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems);

// The steps of a playbook.

// The rows of the first table below the first heading "Chain". A playbook without one has the skills that its front
// matter names, in their order. `manifest` has its references and its path already.
std::vector<ChainStep> find_steps(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest);

}  // namespace cascade::manifest
