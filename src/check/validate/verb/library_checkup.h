// Checks libraries against all rules, for verbs.
#pragma once

#include <string>
#include <vector>

#include "cli/call.h"
#include "validate/checkup/checkup.h"

namespace cascade::cli {

// `profile`: empty for the one in each root's cascade.yaml. `cached`: the findings of each file are kept below the
// cache folder. The call must outlive the options.
CheckupOptions checkup_options(Call& call, const std::string& profile, bool cached);

std::vector<std::string> agents_of(const Registry& registry);
// What the default sources hold besides the checked roots. `agents`: those that a project may call, wherever they are:
// in the shipped library, in plugins, in the user's folder. `broken`: manifests, none of them shipped, that cannot be
// read.
struct Beside {
  std::vector<std::string> agents, broken;
};
// Empty if none of the roots is a project. Sources that cannot be opened are skipped.
Beside beside_projects(Call& call, const std::vector<std::string>& roots);

}  // namespace cascade::cli
