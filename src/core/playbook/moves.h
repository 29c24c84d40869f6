// Judges the moves of a run, whether they are requested in a shell or in a prompt. The ledger and the folder decide,
// not the words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"
#include "playbook/run.h"

namespace cascade::playbook {

enum class Mover : std::uint8_t {
  model,  // in one of the client's shells
  user,   // in a prompt or in a terminal of their own
};

struct Move {
  std::string action{};  // playbook::action
  std::string step{};    // its number or its skill's name; empty: the open one
  std::string label{};   // branch
  std::string text{};    // a result or a reason
  Mover mover = Mover::model;
};

// The verdict on a move. If it is refused, `notes` is empty, and `refusal` and `help` give the reason and the way out.
struct Verdict {
  std::vector<session::StepNote> notes;  // in order; the last one is the move
  std::string refusal, help;
};

// Judges a move against the past. `directory`: where the session works; it is searched for artefacts and commits.
Verdict judge(const std::vector<session::Entry>& entries, const Move& move, const std::string& directory,
              const files::Tree& tree);
// Begins a run and pauses the active one.
Verdict begin(const std::vector<session::Entry>& entries, const Plan& plan, const std::string& directory,
              const files::Tree& tree);

// The form in which the ledger keeps a text: one line without control characters, at most 200 characters.
std::string kept_text(std::string_view text);

// Whether a step's exit holds. `evidence`: the entries that proved it. `found`: evidence in the folder that has no
// entry yet. `missing`: the evidence still needed if it does not hold.
struct Proof {
  bool holds = false;
  std::vector<std::uint64_t> evidence;
  std::string found, missing;
};
// An exit that only a person may confirm (`user`) is not judged here: it never holds.
Proof prove(const Run& run, std::uint32_t step, const std::vector<session::Entry>& entries,
            const std::string& directory, const files::Tree& tree);

// The folder in which the session began; `otherwise` if none was recorded.
std::string session_directory(const std::vector<session::Entry>& entries, const std::string& otherwise);

}  // namespace cascade::playbook
