// Every setting of cascade.yaml and of the environment, with the value in force and its origin.
#pragma once

#include <cascade/workspace.h>

#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/global_options.h"
#include "render/parts.h"

namespace cascade::cli {

// `from` is a variable, an option, a place ("/p/cascade.yaml:3"), several places separated by ", ", or "default".
// `note`: why a value in a file has no effect, or only a part of it; may be empty.
struct SettingInForce {
  std::string name, value, from, note;
};

// Ordered as docs/formats/cascade-yaml.md is, variables last. `directory`: the one that is asked about. Errors: those
// of policy::read_policy.
Result<std::vector<SettingInForce>> settings_in_force(const Environment& environment, const GlobalOptions& options,
                                                      const Workspace& workspace, const std::string& directory);

std::string settings_text(const std::vector<SettingInForce>& settings, rendering::Paint paint);
std::string settings_json(const std::vector<SettingInForce>& settings);

}  // namespace cascade::cli
