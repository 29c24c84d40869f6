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

}  // namespace cascade::trust
