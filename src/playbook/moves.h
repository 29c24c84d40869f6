// What moves a run: asked for in a shell, or in a prompt. Judged by the ledger and the folder, not by the words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"
#include "playbook/run.h"

namespace cascade::playbook {

enum class Mover : std::uint8_t {
  model,  // in a shell of the client's
  user,   // in a prompt, or in a terminal of their own
};

struct Move {
  std::string action;  // playbook::action
  std::string step;    // its number or its skill's name; empty: the one that is open
  std::string label;   // branch
  std::string text;    // a result or a reason
  Mover mover = Mover::model;
};

// What a move comes to. Refused: `notes` is empty, and `refusal` and `help` say why and what to do.
struct Verdict {
  std::vector<session::StepNote> notes;  // in their order; the last one moves
  std::string refusal, help;
};

// Of the past as it is. `directory`: where the session works; it is looked at for artefacts and commits.
Verdict judge(const std::vector<session::Entry>& entries, const Move& move, const std::string& directory,
              const files::Tree& tree);
// Begins a run; the one that is active is paused by it.
Verdict begin(const std::vector<session::Entry>& entries, const Plan& plan, const std::string& directory,
              const files::Tree& tree);

// On one line, without control characters, at most 200 characters: what the ledger keeps of a text.
std::string kept_text(std::string_view text);

}  // namespace cascade::playbook
