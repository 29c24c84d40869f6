// The validator, as the core knows it: a client of the core like any system.
#include <iterator>

#include "cli/validated.h"
#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_validate;
core::AddChecks check_roots;
Result<FoundFaults> faults_below(Call& call, const Sought& sought);

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb verbs[] = {
    {"validate", Group::day, 50, "report faults in manifests", cli::run_validate},
};
constexpr Examination examinations[] = {{Examined::roots, cli::check_roots}};

}  // namespace

extern const System validate_system;
const System validate_system = {
    .name = "validate",
    .verbs = {verbs, std::size(verbs)},
    .doctor = {examinations, std::size(examinations)},
    .find_faults = cli::faults_below,
};

}  // namespace cascade::core
