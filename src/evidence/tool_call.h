// One tool call that has ended, as the client told of it.
#pragma once

#include <cstdint>
#include <string>

#include "syntax/node.h"

namespace cascade::evidence {

struct ToolCall {
  std::string tool;         // "Bash", "WebFetch", "mcp__server__tool"
  syntax::Node input;       // the tool's whole input
  syntax::Node response;    // its answer; null where it failed
  std::string output;       // what it printed or answered, as text; of a failure what the model was told
  bool failed = false;      // PostToolUseFailure
  int status = 0;           // of Bash: the line's exit status; -1: not known (interrupted, timed out)
  bool background = false;  // it was started and goes on
  std::string task;         // the id of a background task
  std::string directory;    // where the session stands after the call; may be empty
  std::string agent;        // a subagent's id; empty: the main conversation
  std::string agent_type;
  std::string prompt_id;  // the turn
};

}  // namespace cascade::evidence
