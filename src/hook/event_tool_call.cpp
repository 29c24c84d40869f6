// A tool is about to run. The prompt of the one that starts subagents is the wide channel into them.
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/pending.h"
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

Result<Answer> start_agent(Conversation& conversation) {
  const EventInput& event = conversation.event;
  std::string prompt = event.task->prompt;
  const std::string& type = event.task->type;
  if (prompt.empty() || prompt.find(mark) != std::string::npos) return Answer();
  const auto call = find_agent(conversation, type, prompt + "\n" + event.task->description);
  const std::string step = step_for_subagent(conversation, prompt);
  if (!step.empty()) prompt += "\n\n" + step;
  if (!call) return step.empty() ? Answer() : rewrite(event, prompt, type);
  // Its id is not known yet: SubagentStart of this type takes the entry over.
  const std::string recipient = pending_recipient(event, conversation.ledger, call->type);
  if (!conversation.ledger.held(recipient).empty()) return Answer();  // another hook of ours has answered this call
  auto layer = make_agent_layer(conversation, *call, recipient, prompt,
                                agent_allowance(conversation, call->agent, event.client->limits.task));
  if (!layer) return layer.error();
  if (!*layer) return call->type == type && step.empty() ? Answer() : rewrite(event, prompt, call->type);
  (*layer)->entry.prompt_id = event.prompt_id;
  conversation.claim((*layer)->entry);
  Answer answer = rewrite(event, prompt + "\n\n" + (*layer)->text, call->type);
  answer.notice = "cascade: a subagent acts as " + std::string(conversation.registry[call->agent].name) + ", " +
                  std::to_string((*layer)->entry.cost.tokens) + " tokens";
  if (call->client_has_body) answer.notice.clear();  // the client shows the agent it starts
  return answer;
}

}  // namespace

Result<Answer> on_tool_call(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.task) return start_agent(conversation);
  if (!event.asked) return Answer();
  auto answer = take(conversation, *event.asked, Taker::model);
  if (answer) answer->allow = true;  // nothing is run: the user need not be asked
  return answer;
}

}  // namespace cascade::hook
