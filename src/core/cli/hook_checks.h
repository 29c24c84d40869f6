// The checks of `cascade doctor` for the hooks in the client's settings.
#pragma once

#include <cascade/registry.h>

#include <vector>

#include "cli/environment.h"
#include "render/doctor.h"

namespace cascade::cli {

// Adds a check for each file of settings with our hooks, for each that keeps the client from calling them, and for each
// program that they name: whether it answers a prompt that calls a skill by name.
void add_hooks(const Environment& environment, const Registry& registry, std::vector<rendering::Check>& checks);

}  // namespace cascade::cli
