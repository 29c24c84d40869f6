// The tool of the MCP server that finds what was said and done in past conversations.
#pragma once

#include "cli/environment.h"
#include "mcp/server.h"

namespace cascade::cli {

// `folder`: the project whose conversations are meant unless all are asked for.
mcp::Tool past_tool(const Environment& environment, const std::string& folder);

// Whether this person uses it: `cascade recall` made an index. Nothing is read for who never asked.
bool knows_past(const Environment& environment);

}  // namespace cascade::cli
