// Runs one of the user's own checks.
#pragma once

#include <cstdint>
#include <string>

#include "policy/policy.h"

namespace cascade::systems {

struct CheckRun {
  bool flagged = false;
  int exit_code = 0;
  std::string output;   // the end of its output, which may hold anything
  std::string failure;  // why it could not judge: missing, too slow
};

// Runs the check in `directory` for at most `most_ms` milliseconds, with an empty standard input. A relative program
// ("./lint") and the script behind an interpreter ("python3 lint.py") are taken from `scripts`.
CheckRun run_check(const policy::Check& check, const std::string& directory, const std::string& scripts,
                   std::uint32_t most_ms);

// A description of the check that changes whenever the check does: its command and moment, the place where it is
// defined, and the content of its own script.
std::string rule_words(const policy::Check& check, const std::string& scripts);

std::string command_of(const policy::Check& check);  // "npm run lint"

}  // namespace cascade::systems
