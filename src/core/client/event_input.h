// One event and its answer, in a form that is the same for all clients. Each client's own format of both is in its
// dialect (client/dialect.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/facts/fact.h"
#include "syntax/node.h"

namespace cascade::client {

struct Dialect;

// A subagent about to be started, as the tool's input describes it.
struct SubagentTask {
  std::string prompt, type, description, model;
  std::string name{};    // its name, in clients that name subagents
  std::string effort{};  // its effort, in clients that accept one
};

// Fields that an event lacks are empty.
struct EventInput {
  const Dialect* client = nullptr;  // null: no known client sends such events
  EventKind kind = EventKind::other;
  std::string name;  // as the client calls it
  std::string session_id, transcript_path, working_directory;
  std::string prompt_id;
  std::string source;       // session_start: startup, resume, clear, compact, fork; prompt: who wrote it, if known;
                            // skill_line: where the skill comes from
  std::string model;        // if the client says so
  std::string prompt;       // prompt
  std::string tool_name;    // tool_*, skill_line
  std::string tool_use_id;  // tool_call
  syntax::Node tool_input;  // tool_*, skill_line, whole, in the client's own form
  std::optional<SubagentTask> task;  // tool_call of the tool that starts subagents
  std::optional<std::string> asked;  // tool_call of the entry skill: its arguments
  syntax::Node tool_response;        // tool_result: the tool's own object or list, or a text
  std::string error;                 // tool_failure: the text that the model gets
  bool is_interrupt = false;         // tool_failure: the user stopped it
  std::string directory;             // directory_added
  std::string command_name;          // skill_line: the skill or command whose text holds the shell command
  std::string agent_id, agent_type;  // subagent_*, and every event inside a subagent
  bool is_teammate = false;          // subagent_*: agent_type is the given name, and no type
  std::string parent_session;        // session_start of a subagent with its own session
  std::string agent_transcript;      // subagent_stop: the path of the subagent's own transcript
  std::string last_message;          // turn_end, subagent_stop: the model's last message
  std::string cause;                 // *_compaction: what started it; session_end: why
  std::string summary;               // after_compaction: of the conversation
  bool stop_hook_active = false;     // turn_end, subagent_stop: a hook made it go on since the last prompt
  bool tasks_running = false;        // turn_end, subagent_stop: other tasks run in the background
  bool is_heard = false;             // the client reads an answer to this event
  bool is_whole = false;             // whoever asked hands the answer's text on whole, however long it is
};

// What a tool call gets: the client's own rules, or one of these.
enum class Permission : std::uint8_t { unsaid, allow, ask, deny };

// The answer to an event; nothing set: no answer.
struct Answer {
  std::string context{};                       // for the model
  std::string notice{};                        // for the user, one line
  std::optional<SubagentTask> task{};          // tool_call: the rewritten task; its prompt and type are used
  bool own_work_tree = false;                  // tool_call: the subagent gets a work tree of its own
  std::string model{}, effort{};               // tool_call: the subagent's; empty: as in the call
  Permission permission = Permission::unsaid;  // tool_call, skill_line
  std::string reason{};                        // of the permission

  bool rewrites() const { return task.has_value() || own_work_tree || !model.empty() || !effort.empty(); }
  bool is_empty() const { return context.empty() && notice.empty() && !rewrites() && permission == Permission::unsaid; }
};

// Returns a member of an object as text; empty: there is none.
using syntax::text_of;
bool is_true(const syntax::Node& object, std::string_view key);

// Reads the members that several clients call alike.
void read_usual(const syntax::Node& event, EventInput& into);

// Returns the tool's input for the client to use, with the task's prompt and type put in; members that it lacks are not
// added, all others are copied unchanged.
syntax::Node rewritten_input(const EventInput& event, const Answer& answer);

// The answer format of most clients: {"systemMessage": ..., "hookSpecificOutput": {...}}. `input_key`: the name under
// which the client accepts a replaced tool input. `permission`: only together with the permission to use the tool.
struct NestedForm {
  std::string_view input_key;
  bool permission = false;
};
std::string write_nested(const EventInput& event, const Answer& answer, const NestedForm& form);

}  // namespace cascade::client
