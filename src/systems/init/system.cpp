// The entries in the client's settings, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_init, run_uninstall;
core::AddChecks check_hooks, check_clients;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"init", Group::day, 10, "put the hooks into the client's settings, or take them out", Needs::nothing,
     cli::run_init},
    {"uninstall", Group::set_up, 60, "take all hooks out and say how the program goes", Needs::nothing,
     cli::run_uninstall},
};

constexpr Examination examinations[] = {{Examined::hooks, cli::check_hooks}, {Examined::clients, cli::check_clients}};

}  // namespace

extern const System init_system;
const System init_system = {
    .name = "init",
    .verbs = {verbs, std::size(verbs)},
    .doctor = {examinations, std::size(examinations)},
};

}  // namespace cascade::core
