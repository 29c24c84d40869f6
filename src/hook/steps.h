// Playbooks in motion as the model meets them: a move, and the packed skill of the step that it opens.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"
#include "playbook/moves.h"
#include "playbook/run.h"

namespace cascade::hook {

// What came of a move. `text` is for the model and claimed in the conversation, to be sent. Refused: `refusal` and
// `help` say why; then there is no text.
struct Moved {
  std::string text, refusal, help;
  std::uint32_t run = 0;

  bool is_refused() const noexcept { return !refusal.empty(); }
};

// Both write the ledger before they pack anything: two processes that move one run agree on who was first.
// unwritable: the ledger; then nothing has moved.
Result<Moved> move_run(Conversation& conversation, const playbook::Move& move);
Result<Moved> start_run(Conversation& conversation, ManifestId id);

// The playbook that `name` means; nothing when there is none, or several.
std::optional<ManifestId> playbook_named(const Conversation& conversation, std::string_view name);

// "playbook: fix-production-bug" and "playbook: done 2" on a prompt's first line, and "use the X playbook" where the
// system is on. Nothing when the prompt asks for nothing of the kind.
Result<std::optional<Answer>> answer_playbook_prompt(Conversation& conversation);

// Begins one that the prompt calls by name.
Result<Answer> begin_playbook(Conversation& conversation, ManifestId id);

// One line on the position, once the transcript has grown by 40 KB since the last; empty: not yet, or no run is open.
std::string reminder(Conversation& conversation);

// For after compaction: position and how to go on, and the skills of the open steps. Both empty: no run is open.
struct Position {
  std::string lines;
  std::vector<Symbol> skills;     // of the open steps
  std::vector<std::string> past;  // roots that need not come back: playbooks and the skills of their steps
};
Position position_of(Conversation& conversation);

// For a conversation that begins: that the one before it in this folder left a playbook open; empty: it did not.
std::string left_open(const Conversation& conversation);
// Takes that playbook over: this conversation goes on where the other stands. False: there is none.
Result<bool> take_over(Conversation& conversation);

// What a subagent is told whose task names an open step or its skill; empty: nothing.
std::string step_for_subagent(const Conversation& conversation, std::string_view task);

}  // namespace cascade::hook
