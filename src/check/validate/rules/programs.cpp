// Follows a pipeline from a command to what finally reads its output. An interpreter counts if it reads its program
// from there, which its options decide: `sh -s` and `python -` do, `sh script` does not.
#include "validate/rules/programs.h"

namespace cascade::validation {
namespace {

bool is_shell(std::string_view program) {
  return is_interpreter(program) && program.size() <= 4 && program != "node" && program != "perl" &&
         program != "ruby" && program != "php" && program != "deno" && program != "bun";
}

}  // namespace

bool reads_program(const ShellCommand& command) {
  if (!is_interpreter(command.program())) return false;
  const bool shell = is_shell(command.program());
  for (std::size_t i = command.first_argument(); i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    if (word == "-c" && i + 1 == command.words.size()) return true;  // after xargs
    if (word == "-s" || word == "-" || word == "--" || word == "/dev/stdin") return true;
    if (word.size() > 1 && word[0] == '-' &&
        (shell ? word.find('c') == std::string::npos || word[1] == '-' : word == "-u" || word == "-q" || word == "-B"))
      continue;
    if (!word.empty() && (word[0] == '>' || word[0] == '<' || word[0] == '2')) continue;  // redirections
    return false;
  }
  return true;
}

bool reaches_interpreter(const std::vector<ShellCommand>& commands, const ShellCommand& command) {
  const ShellCommand* at = &command;
  for (std::size_t steps = 0; steps < commands.size(); ++steps) {
    const ShellCommand& next = commands[at->into];
    if (&next == at) return false;
    if (at->joint == Joint::substitution || at->joint == Joint::process) return is_interpreter(next.program());
    if (at->joint != Joint::pipe) return false;
    if (reads_program(next)) return true;
    at = &next;
  }
  return false;
}

}  // namespace cascade::validation
