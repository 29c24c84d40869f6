// Reads PostToolUse and PostToolUseFailure as one tool call.
#pragma once

#include "evidence/tool_call.h"
#include "hook/event.h"

namespace cascade::systems {

// The client's report of a call that ended or that continues in the background. The texts of an answer are joined as
// the model reads them: the output of Bash, the texts or the structured content of an MCP tool.
evidence::ToolCall tool_call(const hook::EventInput& event);

}  // namespace cascade::systems
