// Runs another program and waits for its output, with a limit on time and length.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cascade::files {

struct ProgramCall {
  std::vector<std::string> words;        // words[0] is a path; no shell is involved
  std::string input;                     // the text on its standard input
  std::vector<std::string> environment;  // "NAME=value"; replaces the whole environment
  std::string directory;                 // where it runs; empty: here
  std::uint32_t milliseconds = 2'000;    // it is killed after this
  std::size_t max_bytes = 1 << 20;       // of its output; the rest is read and dropped
  // Open files that it gets as 3, 4 and so on; the caller keeps owning them. With `only_these` it gets no others,
  // whatever this process was started with. On Windows there are none to pass on: unsupported.
  std::vector<int> inherited = {};
  bool only_these = false;
  bool keeps_end = false;  // of its output the last max_bytes are kept, not the first
  // Asked every 100 ms with its process and the bytes that it has printed so far; false: it is killed. May be empty.
  std::function<bool(int process, std::uint64_t bytes)> may_go_on = {};
};

struct ProgramRun {
  std::string output, errors;  // standard output and standard error, each cut to max_bytes
  int exit_code = 0;           // 128 + the number of the signal that ended it
  bool timed_out = false;
  bool was_stopped = false;  // by ProgramCall::may_go_on
};

// not_found, unreadable: the program could not be started. ProgramRun says how it ended. REQUIRES: SIGPIPE is ignored
// (main() does that), because a program need not read its input.
Result<ProgramRun> run_program(const ProgramCall& call);

// Returns this process's environment as "NAME=value", for a call that changes part of it.
std::vector<std::string> process_environment();

}  // namespace cascade::files
