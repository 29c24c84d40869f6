// Models and efforts of subagents, as the core knows the system.
#include <iterator>

#include "client/event_input.h"
#include "events/event_session.h"
#include "system/system.h"

namespace cascade::systems {

Result<client::Answer> note_tiers(EventSession& session);
void prepare_model(EventSession& session, Workspace& library, HookOptions& options);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

constexpr std::string_view switches[] = {"tiers"};

}  // namespace

extern const System tiers_system;
const System tiers_system = {
    .name = "tiers",
    .switches = {switches, std::size(switches)},
    .rank = 30,
    .hear = systems::note_tiers,
    .prepare = systems::prepare_model,
};

}  // namespace cascade::core
