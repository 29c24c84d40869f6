// Reads a program's answer to an event as the client would (2.1.328).
#pragma once

#include <string>
#include <string_view>

#include "files/run_program.h"

namespace cascade::trust {

struct HookAnswer {
  enum class Outcome { silent, said, ask, deny, late, failed };
  Outcome outcome = Outcome::silent;
  std::string context;  // for the model
  std::string notice;   // for the user
  std::string reason;   // ask, deny: the reason; late, failed: the cause
};
std::string_view to_string(HookAnswer::Outcome outcome) noexcept;

// Standard output is a JSON object in the client's form, or text for the model. Status 2 refuses, with standard error
// as the reason. A program can refuse but never grant: "allow" and a changed input are ignored. Any other status, a
// signal and more than 64 KiB of output are failures, and their output is ignored.
HookAnswer read_hook_answer(const files::ProgramRun& run);

}  // namespace cascade::trust
