// What a program says to an event, as the client would read it (2.1.328).
#pragma once

#include <string>

#include "files/run_program.h"

namespace cascade::trust {

struct HookAnswer {
  enum class Outcome { silent, said, ask, deny, late, failed };
  Outcome outcome = Outcome::silent;
  std::string context;  // for the model
  std::string notice;   // for the user
  std::string reason;   // ask, deny: why; late, failed: what happened
};
const char* to_string(HookAnswer::Outcome outcome) noexcept;

// Standard output is a JSON object of the client's form, or text for the model. Status 2 refuses, with standard error
// as the reason. A program can refuse and never grant: "allow" says nothing, an input that is changed neither. Any
// other status, a signal and more than 64 KiB are failures, of which nothing is taken.
HookAnswer read_hook_answer(const files::ProgramRun& run);

}  // namespace cascade::trust
