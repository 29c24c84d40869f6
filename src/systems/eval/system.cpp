// Scores of the router and of the packer, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_eval, run_solve;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"eval", Group::check, 50, "score the router on prompts whose answers are known", Needs::workspace, cli::run_eval},
    {"solve", Group::none, 10, "pack one benchmark instance", Needs::nothing, cli::run_solve, true},
};

}  // namespace

extern const System eval_system;
const System eval_system = {
    .name = "eval",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
