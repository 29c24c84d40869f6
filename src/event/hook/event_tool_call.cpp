// A tool is about to run. The prompt of the tool that starts subagents is the best channel into them.
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/called_command.h"
#include "hook/pending.h"
#include "hook/same_name.h"
#include "hook/steps.h"
#include "hook/take.h"

namespace cascade::hook {
namespace {

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

}  // namespace

Result<Answer> on_tool_call(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.task) return start_agent(conversation);
  if (!event.asked) return Answer();
  auto answer = take(conversation, *event.asked, Taker::model);
  if (answer) answer->permission = client::Permission::allow;  // the tool runs nothing, so the user need not be asked
  return answer;
}

}  // namespace cascade::hook
