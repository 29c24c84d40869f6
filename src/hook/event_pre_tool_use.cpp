// The agent tool is about to run: its prompt is the one wide channel into a subagent (client 2.1.328).
#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/pending.h"

namespace cascade::hook {
namespace {

constexpr std::string_view mark = "[cascade] context for agent:";

// updatedInput replaces the whole input: every other member is copied as it came.
Answer rewrite(const EventInput& event, const std::string& prompt) {
  Answer answer;
  answer.updated_input = event.tool_input;
  syntax::Node& input = *answer.updated_input;
  for (std::size_t i = 0; i < input.size(); ++i)
    if (input.key(i).text == "prompt") input.items[2 * i + 1].text = prompt;
  return answer;
}

}  // namespace

Result<Answer> on_pre_tool_use(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (event.tool_name != "Agent" && event.tool_name != "Task") return Answer();
  const std::string prompt = text_of(event.tool_input, "prompt");
  if (prompt.empty() || prompt.find(mark) != std::string::npos) return Answer();
  const auto agent = find_agent(conversation.registry, text_of(event.tool_input, "subagent_type"),
                                prompt + "\n" + text_of(event.tool_input, "description"));
  if (!agent) return Answer();
  // Its id is not known yet: SubagentStart of this type takes the entry over.
  auto layer = make_agent_layer(conversation, *agent, pending_recipient(event, conversation.ledger), prompt,
                                agent_allowance(conversation, *agent, max_agent_chars));
  if (!layer) return layer.error();
  if (!*layer) return Answer();
  (*layer)->entry.prompt_id = event.prompt_id;
  conversation.claim((*layer)->entry);
  return rewrite(event, prompt + "\n\n" + (*layer)->text);
}

}  // namespace cascade::hook
