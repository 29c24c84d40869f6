// Commands of which it is known how they ended: from evidence, from files of CI, from a run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "explain/change.h"

namespace cascade::comprehension {

// A command and how it ended: from a session's evidence, or as a file of CI runs it.
struct RanCommand {
  std::vector<std::string> words;
  bool is_from_ci = false;
  int exit_code = 0;
  std::string source;  // for people: "session 1a2b", ".github/workflows/ci.yml"
};

std::vector<std::string> command_words(std::string_view line);  // without a prompt, environment and redirections

// The files that say what CI runs, and those that they start: patterns for Repository::files().
std::vector<std::string> ci_patterns();
std::vector<RanCommand> ci_commands(const std::vector<TreeText>& files);

// The best proof that a command ran: one with status 0, or else one that failed. Null: nothing knows it.
const RanCommand* find_run(const std::vector<std::string>& command, const std::vector<RanCommand>& ran);

}  // namespace cascade::comprehension
