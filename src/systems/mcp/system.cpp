// Tools for a client of the Model Context Protocol, as the core knows the system.
#include <iterator>

#include "cli/verbs.h"
#include "system/system.h"

namespace cascade::cli {

Run run_mcp;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Needs;
constexpr cli::Verb verbs[] = {
    {"mcp", Group::clients, 30, "serve tools to a client of the Model Context Protocol", Needs::workspace,
     cli::run_mcp},
};

}  // namespace

extern const System mcp_system;
const System mcp_system = {
    .name = "mcp",
    .verbs = {verbs, std::size(verbs)},
};

}  // namespace cascade::core
