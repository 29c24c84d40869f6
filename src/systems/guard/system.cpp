// The guard of repositories, as the core knows the system.
#include <iterator>

#include "events/event_session.h"
#include "events/judges.h"
#include "guard/layer_two.h"
#include "system/system.h"

namespace cascade::systems {

Result<client::Answer> hear_places(EventSession& session);
Result<void> allow_place(const std::string& session_id, const std::string& what, const std::string& directory,
                         const Surroundings& surroundings);
std::unique_ptr<CallJudge> consequences(JudgedCall& call);
std::unique_ptr<CallJudge> kept_trees(JudgedCall& call);
std::unique_ptr<CallJudge> repositories(JudgedCall& call);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

constexpr std::string_view switches[] = {"repository"};
constexpr Judge judges[] = {
    {Turn::trees, Sees::this_machine, systems::kept_trees, nullptr},
    {Turn::writes, Sees::every_program, systems::repositories, nullptr},
    {Turn::notes, Sees::every_program, systems::consequences, nullptr},
};

}  // namespace

extern const System guard_system;
const System guard_system = {
    .name = "guard",
    .switches = {switches, std::size(switches)},
    .rank = 11,
    .hear = systems::hear_places,
    .judges = {judges, std::size(judges)},
    .is_graded = true,
    .git_hook = cli::run_git_hook,
    .allow = systems::allow_place,
};

}  // namespace cascade::core
