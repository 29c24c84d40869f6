// A conversation is about to be summarised: what the summary must keep of a playbook.
#include "hook/event.h"
#include "playbook/position.h"
#include "playbook/run.h"

namespace cascade::hook {

Result<Answer> on_pre_compact(Conversation& conversation) {
  const auto run = playbook::active_run(conversation.ledger.entries());
  if (!run) return Answer();
  Answer answer;
  answer.context =
      "A playbook is open. Keep where it stands, what each finished step handed on, and what the open steps still "
      "want:\n" +
      playbook::drawing(*run, conversation.ledger.entries());
  for (const playbook::StepStatus& status : run->steps)
    if (!status.result.empty())
      answer.context += "Result of step " + std::to_string(status.number) + ": " + status.result + "\n";
  return answer;
}

}  // namespace cascade::hook
