// One run of a check of the user's own.
#pragma once

#include <cstdint>
#include <string>

#include "policy/policy.h"

namespace cascade::systems {

struct CheckRun {
  bool flagged = false;
  int exit_code = 0;
  std::string output;   // the end of what it printed; may hold anything
  std::string failure;  // it could not judge: not there, too slow
};

// Runs the check in `directory`, for `most_ms` at most, with nothing on its standard input. A relative program
// ("./lint"), and the script behind an interpreter ("python3 lint.py"), are taken from `scripts`.
CheckRun run_check(const policy::Check& check, const std::string& directory, const std::string& scripts,
                   std::uint32_t most_ms);

// What the check does, in words that change when it does: what it runs and when, where it was written, and the content
// of its own script.
std::string rule_words(const policy::Check& check, const std::string& scripts);

// "npm run lint"
std::string command_of(const policy::Check& check);

}  // namespace cascade::systems
