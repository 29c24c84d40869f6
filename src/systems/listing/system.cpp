// What the client lists by itself, and what that costs, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_listing, run_cost;
core::AddChecks check_listing;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"listing", Group::set_up, 50, "show what the client lists in every request, and tune it", Needs::workspace,
     cli::run_listing},
    {"cost", Group::measure, 10, "count what a conversation pays for the library, listed or served", Needs::workspace,
     cli::run_cost},
};

constexpr Examination examinations[] = {{Examined::hooks, cli::check_listing}};

}  // namespace

extern const System listing_system;
const System listing_system = {
    .name = "listing",
    .verbs = {verbs, std::size(verbs)},
    .doctor = {examinations, std::size(examinations)},
};

}  // namespace cascade::core
