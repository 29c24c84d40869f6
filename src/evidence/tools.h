// Tools other than Bash: WebFetch, browsers, and what the names of MCP tools tell.
#pragma once

#include <vector>

#include "evidence/finding.h"

namespace cascade::evidence {

// REQUIRES: the call has not failed.
std::vector<Finding> find_tool(const ToolCall& call);

}  // namespace cascade::evidence
