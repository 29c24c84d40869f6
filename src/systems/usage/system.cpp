// What was sent and whether it served, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_usage;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs, cli::Words;
constexpr cli::Verb verbs[] = {
    {"usage", Group::measure, 20, "say what was sent and whether it served; silence what is noise", Needs::workspace,
     cli::run_usage},
};

}  // namespace

extern const System usage_system;
const System usage_system = {
    .name = "usage",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
