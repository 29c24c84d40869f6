// Pages and drawings, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_graph, run_page;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs, cli::Words;
constexpr cli::Verb verbs[] = {
    {"graph", Group::find, 60, "draw the library or a part of it: dot, svg, mermaid", Needs::workspace, cli::run_graph,
     false, false, Words::manifests},
    {"page", Group::day, 100, "make a page to look at: the map, a bundle, figures", Needs::workspace, cli::run_page,
     false, false, Words::manifests},
};

}  // namespace

extern const System page_system;
const System page_system = {
    .name = "page",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
