// What guards the guards, as the core knows the system.
#include <iterator>

#include "events/judges.h"
#include "system/system.h"

namespace cascade::systems {

std::unique_ptr<CallJudge> protection(JudgedCall& call);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

constexpr Judge judges[] = {{Turn::itself, Sees::every_program, systems::protection, nullptr}};

}  // namespace

extern const System protection_system;
const System protection_system = {.name = "protection", .judges = {judges, std::size(judges)}};

}  // namespace cascade::core
