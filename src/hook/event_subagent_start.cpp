// A subagent begins. Only its type is known; most have their layer in the prompt already, through PreToolUse.
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/pending.h"

namespace cascade::hook {

Result<Answer> on_subagent_start(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.agent_type.empty() || take_pending(conversation)) return Answer();
  const auto agent = find_agent(conversation.registry, event.agent_type, "");
  if (!agent) return Answer();
  auto layer = make_agent_layer(conversation, *agent, event.agent_id, "",
                                agent_allowance(conversation, *agent, max_context_chars));
  if (!layer) return layer.error();
  if (!*layer || !conversation.claim((*layer)->entry)) return Answer();
  Answer answer;
  answer.context = std::move((*layer)->text);
  return answer;
}

}  // namespace cascade::hook
