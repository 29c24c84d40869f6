// Every setting of cascade.yaml and of the environment, with the value in force and its origin.
#pragma once

#include <cascade/workspace.h>

#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/global_options.h"
#include "render/settings.h"

namespace cascade::cli {

// Ordered as docs/formats/cascade-yaml.md is, variables last. `directory`: the one that is asked about. Errors: those
// of policy::read_policy.
Result<std::vector<rendering::SettingInForce>> settings_in_force(const Environment& environment,
                                                                 const GlobalOptions& options,
                                                                 const Workspace& workspace,
                                                                 const std::string& directory);

}  // namespace cascade::cli
