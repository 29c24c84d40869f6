// Skill hooks for the verbs `hook` and `guard`.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/call.h"
#include "systems/skill_hooks.h"
#include "systems/skill_lines.h"

namespace cascade::cli {

systems::HookPlace hook_place(const Environment& environment, std::int64_t now);

// The manifests that declare hooks, from the index in its current state. A file that has changed since does not matter:
// whatever runs is read from the folder itself.
std::vector<systems::Hooked> hooked_there(WorkspaceOptions options, const std::vector<std::string>& manifests,
                                          const std::string& directory);

// The skills and commands of that name, as the client would call them.
std::vector<systems::CalledManifest> called_there(WorkspaceOptions options, const std::string& name,
                                                  const std::string& directory);

}  // namespace cascade::cli
