// The guard of repositories, as the core knows the system.
#include <iterator>

#include "events/judges.h"
#include "system/system.h"

namespace cascade::systems {

std::unique_ptr<CallJudge> kept_trees(JudgedCall& call);
std::unique_ptr<CallJudge> repositories(JudgedCall& call);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

constexpr Judge judges[] = {
    {Turn::trees, Sees::this_machine, systems::kept_trees, nullptr},
    {Turn::writes, Sees::every_program, systems::repositories, nullptr},
};

}  // namespace

extern const System guard_system;
const System guard_system = {
    .name = "guard",
    .judges = {judges, std::size(judges)},
    .is_graded = true,
};

}  // namespace cascade::core
