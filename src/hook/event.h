// One event as the client sends it (client 2.1.328; fields that an event lacks are empty).
#pragma once

#include <cascade/hook.h>
#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "listing/standing.h"
#include "session/ledger.h"
#include "syntax/node.h"

namespace cascade::hook {

struct EventInput {
  std::string name, session_id, transcript_path, working_directory;
  std::string prompt_id;
  std::string source;                // SessionStart: startup, resume, clear, compact, fork; UserPromptSubmit: who wrote
                                     // it (user, sdk, system, loop_wakeup, schedule_wakeup, poll_event)
  std::string model;                 // SessionStart, seldom
  std::string prompt;                // UserPromptSubmit
  std::string tool_name;             // PreToolUse
  std::string tool_use_id;           // PreToolUse
  syntax::Node tool_input;           // PreToolUse, PostToolUse, PostToolUseFailure, whole
  syntax::Node tool_response;        // PostToolUse: an object or list of the tool's own, or a text
  std::string error;                 // PostToolUseFailure: what the model is told; of Bash "Exit code N\n", then output
  bool is_interrupt = false;         // PostToolUseFailure: the user stopped it
  std::string directory;             // DirectoryAdded
  std::string agent_id, agent_type;  // SubagentStart, and every event inside a subagent
  std::string last_message;          // Stop, SubagentStop: what the model said last
  bool stop_hook_active = false;     // Stop, SubagentStop: a hook has sent it on since the last prompt
  bool tasks_running = false;        // Stop, SubagentStop: something else runs in the background
  // Every event of this client names the session's transcript. Copilot CLI (1.0.102) calls the hooks of a project's
  // .claude folder too, without that field, and does not hear the answer.
  bool from_known_client = false;
};

// What an event may cost to be read. A prompt of a mebibyte is read, more is not (the caller cuts).
constexpr syntax::NodeLimits event_limits{.bytes = 1 << 20, .depth = 64, .nodes = 100'000, .alias_nodes = 0};

// malformed when the text is no JSON object, or above the limits. Unknown members are ignored.
Result<EventInput> read_event(std::string_view json, const syntax::NodeLimits& limits = event_limits);

// Of PreToolUse: the agent tool, and a call of the entry skill.
bool is_agent_tool(const EventInput& event) noexcept;
bool is_answered_tool(const EventInput& event);

// A member of an object as text; empty when there is none.
std::string text_of(const syntax::Node& object, std::string_view key);

// What an event is answered from and with. One object a process.
struct Conversation {
  Workspace& workspace;
  const HookOptions& options;
  const EventInput& event;
  session::Ledger ledger;
  Registry registry;

  std::optional<client::SkillOverrides> settings{};  // of the user, once asked for
  std::optional<bool> entry{};                       // whether the entry skill is installed, once asked for
  bool changed = false;            // the files are not those that the index knew: the answer is to be made again
  std::optional<Error> failure{};  // and they could not be read anew
  std::vector<session::Entry> claims{};

  // Waits until it is known whether the files are those that the index knows. Nothing is promised to the model and
  // nothing kept in the ledger before.
  bool confirmed();
  // A line for the ledger, of what has happened already; a ledger that cannot be written is no reason to stay silent.
  void remember(session::Entry entry);
  // What the answer will say, to be kept in the ledger once it is sent. False when it was sent before: then there is
  // nothing left to say.
  bool claim(session::Entry entry);
  // Sends an answer and then keeps what it says, with no other process in between; gives what was sent. Nothing is sent
  // when another process has sent all of it since this one looked. unwritable: it did not arrive, and nothing is kept;
  // where `options` deliver, also when it arrived and could not be kept.
  Result<std::string> send(std::string text);
  // The user's switches, read when first asked for.
  const client::SkillOverrides& overrides();
  // Whether the model can ask for something by the entry skill (client/entry_skill.h); one look at the disk.
  bool has_entry();
  // Whether it may come in without being called: nobody switched it off, keeps it for a call by name or ruled it out.
  bool is_open(ManifestId id);
  // What was loaded into the main conversation and is still there, the latest last.
  std::vector<Symbol> active() const;
  // The facts that the main conversation was told and still has, as "memory:ID", each once.
  std::vector<std::string> facts() const;
  bool has_memory() const { return !options.state_directory.empty() && !event.session_id.empty(); }
};

// What an event is answered; nothing set: nothing to say.
struct Answer {
  std::string context;                        // for the model
  std::string notice;                         // for the user, one line
  std::optional<syntax::Node> updated_input;  // PreToolUse: the tool's whole input anew
  bool allow = false;                         // PreToolUse: without asking the user

  bool is_empty() const { return context.empty() && notice.empty() && !updated_input && !allow; }
};

// The client's JSON. Texts are cleaned (hook/clean.h) and, as a last resort, cut at what the client takes.
std::string write_answer(const EventInput& event, Answer answer);

// One function a file.
Result<Answer> on_session_start(Conversation& conversation);
Result<Answer> on_user_prompt(Conversation& conversation);
Result<Answer> on_pre_compact(Conversation& conversation);
Result<Answer> on_pre_tool_use(Conversation& conversation);
Result<Answer> on_subagent_start(Conversation& conversation);

constexpr std::uint32_t max_context_chars = 9'500;  // of one additionalContext; the client cuts at 10,000 (2.1.328)
constexpr std::uint32_t max_notice_chars = 300;     // a line on a screen
constexpr std::uint32_t max_agent_chars = 40'000;   // of updatedInput.prompt; 60,000 arrived whole (2.1.328)

}  // namespace cascade::hook
