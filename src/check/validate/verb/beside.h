// What `cascade validate` knows of the sources that a conversation has, besides what it checks.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/validated.h"
#include "validate/checkup/checkup.h"

namespace cascade::cli {

// Agents by their name, which cascade.yaml may give as well; others with their kind, also without their plugin.
std::vector<std::string> names_of(const Registry& registry);

// What the default sources hold besides the checked roots. `names`: of those that a project may call, wherever they
// are: in the shipped library, in plugins, in the user's folder. `broken`: manifests, none of them shipped, that cannot
// be read. `unsafe`: where it is asked for, the checked manifests that no conversation gets.
struct Beside {
  struct Unsafe {
    std::string file, why;
  };
  std::vector<std::string> names, broken;
  std::vector<Unsafe> unsafe;
};

// Empty if none of the roots is a project. Sources that cannot be opened are skipped. `vets`: whether `unsafe` is
// asked.
Beside beside_projects(Call& call, const std::vector<std::string>& roots, bool vets = false);

// Says how many of the checked manifests are not loaded although the run shows no error for it, and which command does.
// `given`: the paths as they were written.
void note_unsafe(Call& call, const std::vector<std::string>& given, const ValidatedPaths& paths, const Checkup& checkup,
                 const std::vector<Beside::Unsafe>& unsafe);

}  // namespace cascade::cli
