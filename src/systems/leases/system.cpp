// Leases: what only one can use at a time, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::cli {

Run run_lease;

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> hear_callers(EventSession& session);
std::unique_ptr<CallJudge> leases(JudgedCall& call);
core::SessionPart lease_part(const cli::Environment& environment, const std::string& id);
void prepare_contested_files(EventSession& session, Workspace& library, HookOptions& options);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"lease", Group::guard, 30, "show and change who holds what only one can use", Needs::nothing, cli::run_lease},
};
constexpr std::string_view switches[] = {"leases"};
constexpr Judge judges[] = {
    {Turn::takes, Sees::this_machine, systems::leases, nullptr},
};

}  // namespace

extern const System leases_system;
const System leases_system = {
    .name = "leases",
    .verbs = {verbs, std::size(verbs)},
    .switches = {switches, std::size(switches)},
    .rank = 10,
    .hear = systems::hear_callers,
    .prepare = systems::prepare_contested_files,
    .judges = {judges, std::size(judges)},
    .is_graded = true,
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
    .session = systems::lease_part,
};

}  // namespace cascade::core
