// Hooks of skills, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "system/system.h"

namespace cascade::cli {

Run run_trust;

}  // namespace cascade::cli

namespace cascade::systems {

Result<void> skill_lines(JudgedCall& call);
Result<void> skill_hooks(JudgedCall& call);
Result<client::Answer> hear_trust(EventSession& session);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Needs, cli::Words;
constexpr cli::Verb verbs[] = {
    {"trust", Group::guard, 10, "read, allow and revoke what skills and projects would run", Needs::workspace,
     cli::run_trust, false, false, Words::manifests},
};
constexpr std::string_view switches[] = {"trust"};
constexpr Judge judges[] = {
    {Turn::lines, {}, nullptr, systems::skill_lines},
    {Turn::programs, {}, nullptr, systems::skill_hooks},
};

}  // namespace

extern const System trust_system;
const System trust_system = {
    .name = "trust",
    .verbs = {verbs, std::size(verbs)},
    .switches = {switches, std::size(switches)},
    .rank = 20,
    .hear = systems::hear_trust,
    .judges = {judges, std::size(judges)},
    .is_graded = true,
};

}  // namespace cascade::core
