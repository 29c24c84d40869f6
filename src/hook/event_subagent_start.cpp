// A subagent begins. Only its type is known; most have their layer in the prompt already, through PreToolUse.
#include "hook/agent_layer.h"
#include "hook/pending.h"

namespace cascade::hook {

Result<std::string> on_subagent_start(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.agent_type.empty()) return std::string();
  if (const std::optional<std::string> pending = take_pending(event.agent_type, conversation.ledger)) {
    session::Entry taken;
    taken.event = session::Event::inject;
    taken.recipient = event.agent_id;
    taken.layer = "agent";
    taken.decision = "taken";
    taken.root = *pending;
    conversation.remember(std::move(taken));
    return std::string();
  }
  const auto agent = find_agent(conversation.registry, event.agent_type, "");
  if (!agent) return std::string();
  auto layer = make_agent_layer(conversation, *agent, event.agent_id, "", max_context_chars);
  if (!layer) return layer.error();
  if (!*layer) return std::string();
  conversation.remember((*layer)->entry);
  return inject(event, (*layer)->text);
}

}  // namespace cascade::hook
