// What people say of a change, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "explain/explain_range.h"
#include "system/system.h"

namespace cascade::cli {

Run run_explain;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"explain", Group::measure, 40, "ask for, check and show what people say of a change", Needs::nothing,
     cli::run_explain},
};

}  // namespace

extern const System explain_system;
const System explain_system = {
    .name = "explain",
    .verbs = {verbs, std::size(verbs)},
    .push = cli::judge_push,
};

}  // namespace cascade::core
