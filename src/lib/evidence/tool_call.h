// One finished tool call, as the client reported it.
#pragma once

#include <string>

#include "client/event_input.h"
#include "syntax/node.h"

namespace cascade::evidence {

struct ToolCall {
  std::string tool;         // "Bash", "WebFetch", "mcp__server__tool"
  syntax::Node input;       // the tool's whole input
  syntax::Node response;    // its answer; null if it failed
  std::string output;       // its output or answer as text; for a failure the text that the model got
  bool failed = false;      // PostToolUseFailure
  int status = 0;           // Bash: the line's exit status; -1: unknown (interrupted, timed out)
  bool background = false;  // it was started and continues
  std::string task;         // the id of a background task
  std::string directory;    // the session's directory after the call; may be empty
  std::string agent;        // a subagent's id; empty: the main conversation
  std::string agent_type;
  std::string prompt_id;  // the turn
};

// Reads PostToolUse and PostToolUseFailure: the client's report of a call that ended or that continues in the
// background. The texts of an answer are joined as the model reads them: the output of Bash, the texts or the
// structured content of an MCP tool.
ToolCall tool_call(const client::EventInput& event);

}  // namespace cascade::evidence
