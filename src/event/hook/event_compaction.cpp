// A compaction: tells the client what its summary must keep of a playbook, and arranges what is restored afterwards.
#include "hook/event.h"
#include "playbook/position.h"
#include "playbook/run.h"

namespace cascade::hook {
namespace {

// If no event accepts text after a compaction, the next prompt restores what the compaction removed.
void note_compaction(Conversation& conversation) {
  if (conversation.active().empty()) return;
  session::Entry entry;
  entry.event = session::Event::start;
  entry.source = session::compacting_source;
  entry.directory = conversation.event.working_directory;
  entry.origin = conversation.event.transcript_path;
  conversation.remember(std::move(entry));
}

}  // namespace

Result<Answer> on_compaction(Conversation& conversation) {
  if (conversation.event.client->compaction == client::Door::next_prompt) {
    note_compaction(conversation);
    return Answer();
  }
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
