// A subagent starts. The event only tells its type; most subagents have received their layer already, in their prompt
// through PreToolUse.
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/pending.h"

namespace cascade::hook {
namespace {

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
