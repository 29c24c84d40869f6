// The steps of a playbook.
#pragma once

#include <cascade/manifest.h>

#include "manifest/body_text.h"
#include "syntax/lines.h"

#include <vector>

namespace cascade::manifest {

// The rows of the first table below the first heading "Chain". A playbook without one has the skills that its front
// matter names, in their order. `manifest` has its references and its path already.
std::vector<ChainStep> find_steps(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest);

}  // namespace cascade::manifest
