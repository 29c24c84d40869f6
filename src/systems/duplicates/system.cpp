// Equal sections and manifests, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_duplicates;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"duplicates", Group::check, 40, "find equal sections and manifests, and what they waste", Needs::workspace,
     cli::run_duplicates},
};

}  // namespace

extern const System duplicates_system;
const System duplicates_system = {
    .name = "duplicates",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
