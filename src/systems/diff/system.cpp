// What a change does to rights, routing and tokens, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_diff;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"diff", Group::check, 60, "say what a change does to rights, routing and tokens", Needs::workspace, cli::run_diff},
};

}  // namespace

extern const System diff_system;
const System diff_system = {
    .name = "diff",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
