// Finds the manifests below a root: which files, of which kind, in which plugin. Reads names and plugin manifests, no
// bodies.
//
// A root may be a library folder (skills/, agents/, commands/), a plugin, a marketplace, a project (.claude/), or a
// folder of skills (<name>/SKILL.md), or several of these at once; discovery finds out which. Manifests are found at
// any depth. Links are followed only inside the root.
#pragma once

#include <cascade/result.h>

#include <cstdint>

#include "discovery/found.h"
#include "files/tree.h"

namespace cascade::discovery {

struct Limits {
  std::uint32_t depth = 32;
  std::uint32_t files = 200'000;
};

// A broken plugin manifest, a link out of the root and an unreadable folder below the root are problems; only a root
// that cannot be listed is an error (not_found, unreadable).
Result<Discovery> discover(const files::Tree& tree, const RootFolder& root, const Limits& limits = {});

}  // namespace cascade::discovery
