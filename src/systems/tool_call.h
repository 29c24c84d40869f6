// PostToolUse and PostToolUseFailure as one tool call.
#pragma once

#include "evidence/tool_call.h"
#include "hook/event.h"

namespace cascade::systems {

// What the client tells of a call that ended, or that goes on in the background. The texts of an answer are joined as
// the model reads them: of Bash what it printed, of an MCP tool its texts or its structured content.
evidence::ToolCall tool_call(const hook::EventInput& event);

}  // namespace cascade::systems
