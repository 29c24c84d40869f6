// Runs one program from a skill's folder, with exactly the bytes that were allowed.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/run_program.h"
#include "files/sandbox.h"
#include "trust/skill_folder.h"

namespace cascade::trust {

constexpr std::uint32_t most_milliseconds = 2'000;
constexpr std::size_t most_answer_bytes = std::size_t{64} << 10;

struct HookCall {
  const SkillFolder& folder;
  const std::vector<std::string>& words;  // the program's path below the folder, and its arguments
  std::string_view event;                 // its standard input: the client's JSON
  std::string directory;                  // its working directory
  std::string project, home;              // passed to the program; empty: not passed
  std::uint32_t milliseconds = most_milliseconds;
  std::string sandbox{files::sandbox_program};  // empty: no confinement is tried
};

struct HookRun {
  files::ProgramRun program;
  bool confined = false;
};

// Executes the program from a copy in memory of the bytes that were read with the folder, whatever is on disk by now.
// No shell is involved, and none of this process's environment or open files reaches the program. If bubblewrap and
// user namespaces are available, it is confined: it sees every file read-only, the skill's folder as it was read, an
// empty /tmp and /run, no network and no other process, and cannot create a socket that connects (files::denied_calls).
// Errors: unsupported and not_found from check_program(); unreadable if it could not be started.
Result<HookRun> run_hook(const HookCall& call);

// Reads a program's answer to an event as the client would (2.1.328).

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
