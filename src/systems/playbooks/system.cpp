// Playbooks at work, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "events/judges.h"
#include "system/system.h"

namespace cascade::cli {

Run run_playbook, run_step;

}  // namespace cascade::cli

namespace cascade::systems {

std::unique_ptr<CallJudge> user_steps(JudgedCall& call);
Result<std::string> note_sightings(const HookEvent::Input& input, const evidence::Deed& deed,
                                   const policy::Policy& policy, const Surroundings& surroundings);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Needs, cli::Words;
constexpr cli::Verb verbs[] = {
    {"playbook", Group::work, 10, "start a playbook and show how far it is", Needs::workspace, cli::run_playbook, false,
     false, Words::manifests},
    {"step", Group::work, 20, "move on in a playbook: done, branch, skip, back, wait", Needs::workspace, cli::run_step},
};
constexpr Judge judges[] = {
    {Turn::steps, Sees::every_program, systems::user_steps, nullptr},
};

}  // namespace

extern const System playbooks_system;
const System playbooks_system = {
    .name = "playbooks",
    .verbs = {verbs, std::size(verbs)},
    .see = systems::note_sightings,
    .judges = {judges, std::size(judges)},
};

}  // namespace cascade::core
