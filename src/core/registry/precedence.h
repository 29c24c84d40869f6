// Decides which manifest wins if several of one kind share a name.
#pragma once

#include <cascade/manifest.h>

#include "registry/part.h"

namespace cascade::registry {

// The greater rank wins. Skills and commands: user beats project; agents: project beats user (client 2.1.328,
// measured). Managed settings beat all; Cascade's own library loses to all.
int rank(Kind kind, Scope scope) noexcept;

// Whether `a` wins over `b`, two manifests with the same symbol: by scope, then the earlier root, then the shallower
// path, then the bytes of the path.
bool wins(const Part& a, const Part& b);

}  // namespace cascade::registry
