// How ready a repository is for agents, as the core knows the system, a program of its own: cascade-audit.
#include <iterator>

#include "cli/verbs.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"audit", Group::measure, 50, "say how ready a repository is for agents, with evidence", Needs::workspace,
     cli::become_own_program},
};

}  // namespace

extern const System audit_system;
const System audit_system = {
    .name = "audit",
    .verbs = {verbs, std::size(verbs)},
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
};

}  // namespace cascade::core
