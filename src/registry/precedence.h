// Who wins a name that several manifests of one kind have.
#pragma once

#include <cascade/manifest.h>

#include "registry/part.h"

namespace cascade::registry {

// Greater wins. Skills and commands: user beats project; agents: project beats user (client 2.1.328, measured). Managed
// settings beat all; what Cascade ships loses to all.
int rank(Kind kind, Scope scope) noexcept;

// True when `a` wins over `b`, two manifests with the same symbol: by scope, then the earlier root, then the shallower
// path, then bytes of the path.
bool wins(const Part& a, const Part& b);

}  // namespace cascade::registry
