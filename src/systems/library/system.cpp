// Libraries of others, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_library;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"library", Group::day, 70, "take, renew and remove libraries of others", Needs::workspace, cli::run_library},
};

}  // namespace

extern const System library_system;
const System library_system = {
    .name = "library",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
