// Tools other than Bash: WebFetch, browsers, and MCP tools judged by their names.
#pragma once

#include <vector>

#include "evidence/find.h"

namespace cascade::evidence {

// REQUIRES: the call succeeded.
std::vector<Finding> find_tool(const ToolCall& call);

}  // namespace cascade::evidence
