// The user's switch for skills, agents and commands, and what is never loaded, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_skills;
std::function<std::string(const ManifestView&)> vetting(const Environment& environment, const Workspace& library);

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs, cli::Words;
constexpr cli::Verb verbs[] = {
    {"skills", Group::day, 40, "switch skills, agents and commands on and off, and say who did", Needs::workspace,
     cli::run_skills, false, false, Words::manifests},
};

}  // namespace

extern const System skills_system;
const System skills_system = {
    .name = "skills",
    .verbs = {verbs, std::size(verbs)},
    .vets = cli::vetting,
};

}  // namespace cascade::core
