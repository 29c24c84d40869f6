// Memory's tools for a client of the Model Context Protocol.
#pragma once

#include "cli/environment.h"
#include "mcp/server.h"
#include "recall/place.h"

#include <vector>

namespace cascade::cli {

// `environment` must outlive them. What a model remembers counts as a model's.
std::vector<mcp::Tool> memory_tools(const Environment& environment, const recall::Place& place);

}  // namespace cascade::cli
