// One event of a client, whichever client sent it, and what it is answered: the same for all of them. Each client's own
// form of both is in its dialect (client/dialect.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "syntax/node.h"

namespace cascade::client {

struct Dialect;

enum class EventKind : std::uint8_t {
  other,
  session_start,
  prompt,
  tool_call,
  tool_result,
  tool_failure,
  subagent_start,
  subagent_stop,
  turn_end,
  before_compaction,
  after_compaction,
  session_end,
  directory_added,
};

// A subagent that is about to be started, as the tool's input describes it.
struct SubagentTask {
  std::string prompt, type, description, model;
  std::string name{};    // that it is given, where the client gives names
  std::string effort{};  // that it is to take, where the client is told
};

// Fields that an event lacks are empty.
struct EventInput {
  const Dialect* client = nullptr;  // null: no client is known that sends such events
  EventKind kind = EventKind::other;
  std::string name;  // as the client calls it
  std::string session_id, transcript_path, working_directory;
  std::string prompt_id;
  std::string source;       // session_start: startup, resume, clear, compact, fork; prompt: who wrote it, where
                            // the client says so
  std::string model;        // where the client says so
  std::string prompt;       // prompt
  std::string tool_name;    // tool_*
  std::string tool_use_id;  // tool_call
  syntax::Node tool_input;  // tool_*, whole, in the client's own form
  std::optional<SubagentTask> task;  // tool_call of the tool that starts subagents
  std::optional<std::string> asked;  // tool_call of the entry skill: its arguments
  syntax::Node tool_response;        // tool_result: an object or list of the tool's own, or a text
  std::string error;                 // tool_failure: what the model is told
  bool is_interrupt = false;         // tool_failure: the user stopped it
  std::string directory;             // directory_added
  std::string agent_id, agent_type;  // subagent_*, and every event inside a subagent
  bool is_teammate = false;          // subagent_*: agent_type is the name that it was given, and says nothing of a type
  std::string parent_session;        // session_start of a subagent that has a session of its own
  std::string agent_transcript;      // subagent_stop: where the subagent's own transcript lies
  std::string last_message;          // turn_end, subagent_stop: what the model said last
  bool stop_hook_active = false;     // turn_end, subagent_stop: a hook has sent it on since the last prompt
  bool tasks_running = false;        // turn_end, subagent_stop: something else runs in the background
  bool is_heard = false;             // the client reads an answer to this event
};

// What an event is answered; nothing set: nothing to say.
struct Answer {
  std::string context;               // for the model
  std::string notice;                // for the user, one line
  std::optional<SubagentTask> task;  // tool_call: the task anew, of which prompt and type count
  bool own_work_tree = false;        // tool_call: the subagent is to work in a tree of its own
  std::string model, effort;         // tool_call: what the subagent is to run on; empty: what the call says
  bool allow = false;                // tool_call: without asking the user

  bool rewrites() const { return task.has_value() || own_work_tree || !model.empty() || !effort.empty(); }
  bool is_empty() const { return context.empty() && notice.empty() && !rewrites() && !allow; }
};

// A member of an object as text; empty when there is none.
std::string text_of(const syntax::Node& object, std::string_view key);
bool is_true(const syntax::Node& object, std::string_view key);

// The tool's input with the members that a task tells put in anew; all others are copied as they came. `type_key`:
// where the type stands; a member that is not there is not added.
void set_text(syntax::Node& object, std::string_view key, const std::string& text);
void add_text(syntax::Node& object, std::string_view key, std::string_view text);

}  // namespace cascade::client
