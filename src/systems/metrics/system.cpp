// Figures of a git history, as the core knows the system, in a program of its own: cascade-systems.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb metrics_verbs[] = {
    {"metrics", Group::measure, 30, "say what a git history shows, and what inflates it", cli::become_own_program},
};

}  // namespace

extern const System metrics_system;
const System metrics_system = {
    .name = "metrics",
    .verbs = {metrics_verbs, std::size(metrics_verbs)},
};

}  // namespace cascade::core
