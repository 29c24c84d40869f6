// Running another program and waiting for its answer, for a bounded time and a bounded length.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::files {

struct ProgramCall {
  std::vector<std::string> words;        // words[0] is a path; no shell takes part
  std::string input;                     // what stands on its standard input
  std::vector<std::string> environment;  // "NAME=value"; replaces the whole environment
  std::string directory;                 // where it runs; empty: here
  std::uint32_t milliseconds = 2'000;    // after which it is killed
  std::size_t max_bytes = 1 << 20;       // of its output; what comes behind is read and dropped
  // Open files that it gets, as 3, 4 and so on; they stay the caller's. It has no others besides where `only_these` is
  // set, whatever this process was started with.
  std::vector<int> inherited = {};
  bool only_these = false;
};

struct ProgramRun {
  std::string output, errors;  // standard output and standard error, each cut at max_bytes
  int exit_code = 0;           // 128 + the number of the signal that ended it
  bool timed_out = false;
};

// not_found, unreadable: the program could not be started. How it ended is told by ProgramRun.
// REQUIRES: SIGPIPE is ignored, as main() sees to: a program need not read its input.
Result<ProgramRun> run_program(const ProgramCall& call);

// The environment of this process as "NAME=value", for a call that changes a part of it.
std::vector<std::string> process_environment();

}  // namespace cascade::files
