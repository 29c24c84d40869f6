// What was done outside, and whether it was looked at, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "system/system.h"

namespace cascade::cli {

Run run_effects;

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> hear_effects(EventSession& session);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"effects", Group::guard, 40, "show what was done outside, and whether it was checked", Needs::nothing,
     cli::run_effects},
};
// A playbook's steps may end by an effect that was looked at.
constexpr std::string_view switches[] = {"effects", "playbooks"};

}  // namespace

extern const System effects_system;
const System effects_system = {
    .name = "effects",
    .verbs = {verbs, std::size(verbs)},
    .switches = {switches, std::size(switches)},
    .rank = 12,
    .hear = systems::hear_effects,
};

}  // namespace cascade::core
