// Runs one program of a skill's folder, of which exactly these bytes were allowed.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/run_program.h"
#include "trust/skill_folder.h"

namespace cascade::trust {

constexpr std::uint32_t most_milliseconds = 2'000;
constexpr std::size_t most_answer_bytes = std::size_t{64} << 10;
constexpr std::string_view sandbox_program = "/usr/bin/bwrap";

struct HookCall {
  const SkillFolder& folder;
  const std::vector<std::string>& words;  // the program below the folder, and its arguments
  std::string_view event;                 // what stands on its standard input: the client's JSON
  std::string directory;                  // where it runs
  std::string project, home;              // that it is told of; empty: it is not
  std::uint32_t milliseconds = most_milliseconds;
  std::string sandbox{sandbox_program};  // empty: none is tried
};

struct HookRun {
  files::ProgramRun program;
  bool confined = false;
};

// The program is executed from a copy in memory of the bytes that the folder was read with, whatever lies there by now.
// No shell takes part, and nothing of this process's environment or open files reaches it. Confined where bubblewrap
// and user namespaces let it be: it sees every file read-only, the skill's folder as it was read, an empty /tmp and
// /run, no network, no other process, and makes no socket that could be connected (files::denied_calls). unsupported,
// not_found: check_program(); unreadable: it could not be started.
Result<HookRun> run_hook(const HookCall& call);

// Whether a program can be confined here; starts one.
bool can_confine(const std::string& sandbox = std::string(sandbox_program));

}  // namespace cascade::trust
