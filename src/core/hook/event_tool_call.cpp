// A tool is about to run, or a subagent starts. The prompt of the tool that starts subagents is the best channel into
// them: most get their layer there, and the event of their start only tells a type. The tool's call has no subagent id
// yet, so its layer is claimed for a "pending:" recipient; when a subagent starts, it takes the oldest fitting one. The
// choice is made again under the ledger's lock, because several subagents may start at once and each must take a
// different layer.
#include <algorithm>

#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/called_command.h"
#include "hook/same_name.h"
#include "hook/steps.h"

namespace cascade::hook {
namespace {

// The parts of "pending:<type>@<name>#<id>".
struct Waiting {
  std::string type, name;

  explicit Waiting(const std::string& recipient) {
    if (recipient.compare(0, session::pending_prefix.size(), session::pending_prefix) != 0) return;
    const std::size_t end = recipient.rfind('#');
    type = recipient.substr(session::pending_prefix.size(), end - session::pending_prefix.size());
    const std::size_t at = type.rfind('@');
    if (at == std::string::npos) return;
    name = type.substr(at + 1);
    type.resize(at);
  }
};

// A refused call leaves its layer waiting; a subagent of a later turn must not take it.
bool is_of_this_turn(const session::Entry& entry, const EventInput& event) {
  return entry.prompt_id.empty() || event.prompt_id.empty() || entry.prompt_id == event.prompt_id;
}

std::optional<std::string> oldest_waiting(const session::Ledger& ledger, const EventInput& event) {
  const std::string type = event.agent_type.empty() ? std::string(event.client->subagents.general) : event.agent_type;
  std::vector<std::string> waiting;
  for (const session::Entry& entry : ledger.entries()) {
    if (entry.decision == session::taken_decision)
      waiting.erase(std::remove(waiting.begin(), waiting.end(), entry.root), waiting.end());
    if (!is_of_this_turn(entry, event)) continue;
    const Waiting one(entry.recipient);
    if (type == (event.is_teammate ? one.name : one.type)) waiting.push_back(entry.recipient);
  }
  return waiting.empty() ? std::nullopt : std::optional<std::string>(waiting.front());
}

bool has_taken(const session::Ledger& ledger, const std::string& agent_id) {
  return std::any_of(ledger.entries().begin(), ledger.entries().end(), [&](const session::Entry& entry) {
    return entry.decision == session::taken_decision && entry.recipient == agent_id;
  });
}

// Returns "pending:<type>#<id of the tool's call>", a recipient that is unique: two subagents of one type each get
// their own layer. `type` is the one that starts; without a type the client starts general-purpose (2.1.328). An agent
// with a name waits as "pending:<type>@<name>#<id>": a teammate starts with its name as its type, other agents with
// their type (2.1.328, 2.1.329).
std::string pending_recipient(const EventInput& event, const session::Ledger& ledger, const std::string& type) {
  const std::uint64_t last = ledger.entries().empty() ? 0 : ledger.entries().back().sequence;
  const std::string name = event.task ? event.task->name : std::string();
  return std::string(session::pending_prefix) + (type.empty() ? std::string(event.client->subagents.general) : type) +
         (name.empty() ? "" : "@" + name) + "#" +
         (event.tool_use_id.empty() ? std::to_string(last + 1) : event.tool_use_id);
}

// Takes the oldest layer of this turn that waits for a subagent of that name, or else of that type, so that no other
// subagent takes it. False if none waits.
bool take_pending(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (!conversation.has_memory()) return false;
  if (!event.agent_id.empty() && has_taken(conversation.ledger, event.agent_id)) return true;  // it continues
  if (!oldest_waiting(conversation.ledger, event)) return false;
  if (!conversation.confirmed()) return false;
  bool took = false;
  static_cast<void>(conversation.ledger.extend([&](const session::Ledger& now) -> std::vector<session::Entry> {
    const auto pending = oldest_waiting(now, event);
    if (!pending) return {};
    took = true;
    session::Entry taken;
    taken.event = session::Event::inject;
    taken.recipient = event.agent_id;
    taken.layer = "agent";
    taken.decision = session::taken_decision;
    taken.root = *pending;
    taken.written_at = conversation.options.now;
    return {taken};
  }));
  return took;
}

constexpr std::string_view mark = "[cascade] context for agent:";

Answer rewrite(const EventInput& event, const std::string& prompt, const std::string& type) {
  Answer answer;
  answer.task = event.task;
  answer.task->prompt = prompt;
  answer.task->type = type;
  return answer;
}

// Whether the client starts this type even if the library does not know it. With any other type nothing would arrive.
bool is_started_anyway(const EventInput& event, const std::string& type) {
  return type.empty() || is_fork(event, type) || event.client->subagents.is_built_in(type);
}

std::string notice_of(const Conversation& conversation, const std::optional<AgentCall>& call, const Layer* agent,
                      const Layer* command) {
  const auto tokens = [](const Layer& layer) { return ", " + std::to_string(layer.entry.cost.tokens) + " tokens"; };
  if (call && agent != nullptr && !call->client_has_body)  // the client itself lists the agents that it has loaded
    return "cascade: a subagent acts as " + std::string(conversation.registry[call->agent].name) + tokens(*agent);
  return command == nullptr ? std::string() : "cascade: a subagent got " + command->entry.root + tokens(*command);
}

// Appends the agent's text to the task, then the text of the command that the task begins with.
Result<Answer> start_agent(Conversation& conversation) {
  const EventInput& event = conversation.event;
  const std::string &task = event.task->prompt, &type = event.task->type;
  if (task.empty() || task.find(mark) != std::string::npos) return Answer();
  const auto call = find_agent(conversation, type, task + "\n" + event.task->description);
  const std::string step = step_for_subagent(conversation, task);
  std::string prompt = step.empty() ? task : task + "\n\n" + step;
  const std::string which = call ? std::string() : which_agent(conversation, type, task);
  if (!call && !is_started_anyway(event, type)) {
    Answer answer = step.empty() ? Answer() : rewrite(event, prompt, type);
    answer.context = which;
    return answer;
  }
  const std::string& started = call ? call->type : type;
  // The subagent has no id yet: the SubagentStart event of this type takes the entry over.
  const std::string recipient = pending_recipient(event, conversation.ledger, started);
  if (!conversation.ledger.held(recipient).empty()) return Answer();  // another of our hooks has answered this call
  Cost limit =
      agent_allowance(conversation, call ? std::optional(call->agent) : std::nullopt, event.client->limits.task);
  auto command = make_command_layer(conversation, task, recipient, limit);
  if (!command) return command.error();
  if (*command) {
    (*command)->entry.prompt_id = event.prompt_id;
    conversation.claim((*command)->entry);  // so that the agent's layer does not bring it a second time
    limit = {limit.tokens - (*command)->entry.cost.tokens, limit.chars - (*command)->entry.cost.chars};
  }
  auto agent = call ? make_agent_layer(conversation, *call, recipient, prompt, limit)
                    : Result<std::optional<Layer>>(std::optional<Layer>());
  if (!agent) return agent.error();
  if (*agent) {
    (*agent)->entry.prompt_id = event.prompt_id;
    conversation.claim((*agent)->entry);
    prompt += "\n\n" + (*agent)->text;
  }
  if (*command) prompt += "\n\n" + (*command)->text;
  Answer answer = prompt == task && started == type ? Answer() : rewrite(event, prompt, started);
  answer.context = which;
  if (!answer.task) return answer;
  answer.notice = notice_of(conversation, call, *agent ? &**agent : nullptr, *command ? &**command : nullptr);
  return answer;
}

// Records that a fork holds what the main conversation holds now, so that it is not sent again.
void begin_fork(Conversation& conversation) {
  if (conversation.ledger.held(session::main_conversation).empty()) return;
  session::Entry entry;
  entry.event = session::Event::inject;
  entry.recipient = conversation.event.agent_id;
  entry.layer = session::fork_layer;
  conversation.remember(std::move(entry));
}

}  // namespace

Result<Answer> on_tool_call(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.task) return start_agent(conversation);
  if (!event.asked) return Answer();
  auto answer = take(conversation, *event.asked, Taker::model);
  if (answer) answer->permission = client::Permission::allow;  // the tool runs nothing, so the user need not be asked
  return answer;
}

Result<Answer> on_subagent_start(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (is_fork(event, event.agent_type)) begin_fork(conversation);
  if (event.agent_type.empty() || take_pending(conversation) || event.is_teammate) return Answer();
  const auto call = find_agent(conversation, event.agent_type, "");
  if (!call) return Answer();
  auto layer = make_agent_layer(conversation, *call, event.agent_id, "",
                                agent_allowance(conversation, call->agent, event.client->limits.context));
  if (!layer) return layer.error();
  if (!*layer || !conversation.claim((*layer)->entry)) return Answer();
  Answer answer;
  answer.context = std::move((*layer)->text);
  return answer;
}

}  // namespace cascade::hook
