// One event as the client sends it (client 2.1.328; fields that an event lacks are empty).
#pragma once

#include <cascade/hook.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <string>
#include <string_view>
#include <vector>

#include "session/ledger.h"
#include "syntax/node.h"

namespace cascade::hook {

struct EventInput {
  std::string name, session_id, working_directory;
  std::string source;                // SessionStart: startup, resume, clear, compact, fork
  std::string prompt;                // UserPromptSubmit
  std::string tool_name;             // PreToolUse
  syntax::Node tool_input;           // PreToolUse, whole
  std::string agent_id, agent_type;  // SubagentStart, and every event inside a subagent
};

// malformed when the text is no JSON object. Unknown members are ignored.
Result<EventInput> read_event(std::string_view json);

// What an event is answered from and with. One object a process.
struct Conversation {
  Workspace& workspace;
  const HookOptions& options;
  const EventInput& event;
  session::Ledger ledger;
  Registry registry;

  // A line for the ledger; a ledger that cannot be written is no reason to stay silent.
  void remember(session::Entry entry);
};

// The JSON answer that puts `context` before the model: control characters are taken out and nothing in it can close
// the client's reminder tag.
std::string inject(const EventInput& event, std::string_view context);
std::string clean(std::string_view text);

// One function a file; each returns the answer, or nothing to say.
Result<std::string> on_session_start(Conversation& conversation);
Result<std::string> on_user_prompt(Conversation& conversation);
Result<std::string> on_pre_tool_use(Conversation& conversation);
Result<std::string> on_subagent_start(Conversation& conversation);

}  // namespace cascade::hook
