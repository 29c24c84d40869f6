// The user's own checks, and how often each gate was right, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "records/gate_records.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::cli {

Run run_gate;

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> hear_turn_end(EventSession& session);
std::unique_ptr<CallJudge> own_checks(JudgedCall& call);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"gate", Group::guard, 50, "show the gates and how often each was right", Needs::nothing, cli::run_gate},
};
constexpr std::string_view switches[] = {"gates"};
constexpr Judge judges[] = {
    {Turn::runs, Sees::own_shell, systems::own_checks, nullptr},
};

}  // namespace

extern const System gates_system;
const System gates_system = {
    .name = "gates",
    .verbs = {verbs, std::size(verbs)},
    .switches = {switches, std::size(switches)},
    .rank = 13,
    .hear = systems::hear_turn_end,
    .judges = {judges, std::size(judges)},
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
    .grade = systems::grade,
};

}  // namespace cascade::core
