// Moves playbooks and tells the model: a move, and the packed skill of the step that it opens.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"
#include "playbook/run.h"

namespace cascade::hook {

// The outcome of a move. `text` is for the model and is claimed in the conversation, to be sent. If the move is
// refused, `refusal` and `help` say why and there is no text.
struct Moved {
  std::string text{}, refusal{}, help{};
  std::string unseen{};  // of a start: what the user must do so that its steps can be seen to end; empty: nothing
  std::uint32_t run = 0;

  bool is_refused() const noexcept { return !refusal.empty(); }
};

// Both write the ledger before they pack anything, so that two processes that move one run agree on who was first.
// unwritable: the ledger could not be written, and nothing has moved.
Result<Moved> move_run(Conversation& conversation, const playbook::Move& move);
Result<Moved> start_run(Conversation& conversation, ManifestId id);

// Answers "playbook: fix-production-bug" and "playbook: done 2" on a prompt's first line, and "use the X playbook" if
// the system is on. Nothing if the prompt addresses no playbook.
Result<std::optional<Answer>> answer_playbook_prompt(Conversation& conversation);

// Starts the playbook that the prompt calls by name.
Result<Answer> begin_playbook(Conversation& conversation, ManifestId id);

// One line on the position, whenever the transcript has grown by 40 KB since the last one. Empty if it has not, or if
// no run is open.
std::string reminder(Conversation& conversation);

// For the time after a compaction: the position, how to continue, and the skills of the open steps. Both are empty if
// no run is open.
struct Position {
  std::string lines;
  std::vector<Symbol> skills;     // of the open steps
  std::vector<std::string> past;  // roots that need not be restored: playbooks and the skills of their steps
};
Position position_of(Conversation& conversation);

// For a new conversation: a line saying that the previous one in this folder left a playbook open; empty if it did not.
std::string left_open(const Conversation& conversation);

// The lines for a subagent whose task names an open step or its skill; empty for any other task.
std::string step_for_subagent(const Conversation& conversation, std::string_view task);

}  // namespace cascade::hook
