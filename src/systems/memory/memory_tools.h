// Memory's tools for clients of the Model Context Protocol.
#pragma once

#include "cli/environment.h"
#include "facts/place.h"
#include "mcp/server.h"

#include <vector>

namespace cascade::cli {

// `environment` must outlive them. Facts stored through them count as a model's.
std::vector<mcp::Tool> memory_tools(const Environment& environment, const recall::Place& place);

}  // namespace cascade::cli
