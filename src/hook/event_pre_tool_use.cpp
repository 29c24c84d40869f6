// The agent tool is about to run: its prompt is the one wide channel into a subagent (client 2.1.328).
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/pending.h"
#include "hook/steps.h"
#include "hook/take.h"

namespace cascade::hook {
namespace {

constexpr std::string_view mark = "[cascade] context for agent:";

void set(syntax::Node& object, std::string_view key, const std::string& text) {
  for (std::size_t i = 0; i < object.size(); ++i)
    if (object.key(i).text == key) object.items[2 * i + 1].text = text;
}

// updatedInput replaces the whole input: every other member is copied as it came.
Answer rewrite(const EventInput& event, const std::string& prompt, const std::string& type) {
  Answer answer;
  answer.updated_input = event.tool_input;
  set(*answer.updated_input, "prompt", prompt);
  if (!type.empty()) set(*answer.updated_input, "subagent_type", type);
  return answer;
}

Result<Answer> start_agent(Conversation& conversation) {
  const EventInput& event = conversation.event;
  std::string prompt = text_of(event.tool_input, "prompt");
  const std::string type = text_of(event.tool_input, "subagent_type");
  if (prompt.empty() || prompt.find(mark) != std::string::npos) return Answer();
  const auto call = find_agent(conversation, type, prompt + "\n" + text_of(event.tool_input, "description"));
  const std::string step = step_for_subagent(conversation, prompt);
  if (!step.empty()) prompt += "\n\n" + step;
  if (!call) return step.empty() ? Answer() : rewrite(event, prompt, type);
  // Its id is not known yet: SubagentStart of this type takes the entry over.
  const std::string recipient = pending_recipient(event, conversation.ledger, call->type);
  if (!conversation.ledger.held(recipient).empty()) return Answer();  // another hook of ours has answered this call
  auto layer = make_agent_layer(conversation, *call, recipient, prompt,
                                agent_allowance(conversation, call->agent, max_agent_chars));
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

Result<Answer> on_pre_tool_use(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (is_agent_tool(event)) return start_agent(conversation);
  if (!is_answered_tool(event)) return Answer();
  auto answer = take(conversation, text_of(event.tool_input, "args"), Taker::model);
  if (answer) answer->allow = true;  // nothing is run: the user need not be asked
  return answer;
}

}  // namespace cascade::hook
