// Facts across conversations, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::cli {

Run run_memory;

}  // namespace cascade::cli

namespace cascade::systems {

Result<client::Answer> keep_memory(EventSession& session);
void prepare_recall(EventSession& session, Workspace& library, HookOptions& options);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Needs, cli::Words;
constexpr cli::Verb verbs[] = {
    {"memory", Group::remember, 10, "show and change what is kept between conversations", Needs::nothing,
     cli::run_memory},
};
constexpr std::string_view switches[] = {"memory"};

}  // namespace

extern const System memory_system;
const System memory_system = {
    .name = "memory",
    .verbs = {verbs, std::size(verbs)},
    .switches = {switches, std::size(switches)},
    .rank = 40,
    .hear = systems::keep_memory,
    .prepare = systems::prepare_recall,
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
};

}  // namespace cascade::core
