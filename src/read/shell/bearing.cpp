// Reads from the form of a command alone, before it is followed, whether it can fail, end a loop, or filter.
#include "shell/bearing.h"

#include <algorithm>
#include <string_view>

namespace cascade::shell {
namespace {

// Returns the text of a word without expansions; empty for any other word.
std::string_view literal(const Word& word) {
  return word.parts.size() == 1 && word.parts.front().kind == PartKind::text ? std::string_view(word.parts.front().text)
                                                                             : std::string_view();
}

// Returns the last command if it is a simple one; a lone `time` has no command at all.
const Command* simple_end(const Pipeline& pipeline) {
  if (pipeline.commands.empty()) return nullptr;
  const Command& last = pipeline.commands.back();
  return last.kind == CommandKind::simple && !last.words.empty() ? &last : nullptr;
}

// Whether it can never end with status 0: false, exit 1, { ...; exit 1; }, (... && exit 1).
bool always_fails(const Pipeline& pipeline) {
  if (pipeline.negated || pipeline.commands.size() != 1) return false;
  const Command& command = pipeline.commands.front();
  const bool is_script = command.kind == CommandKind::group || command.kind == CommandKind::subshell;
  if (is_script && !command.bodies.front().statements.empty()) {
    const Statement& last = command.bodies.front().statements.back();
    const bool needs_all =
        std::all_of(last.needs_success.begin(), last.needs_success.end(), [](bool needs) { return needs; });
    return !last.background && needs_all && always_fails(last.pipelines.back());
  }
  const Command* simple = simple_end(pipeline);
  if (simple == nullptr) return false;
  const std::string_view name = literal(simple->words.front());
  if (name == "false") return true;
  if ((name != "exit" && name != "return") || simple->words.size() != 2) return false;
  const std::string_view status = literal(simple->words[1]);
  return !status.empty() && status.find_first_not_of("0123456789") == std::string_view::npos &&
         status.find_first_not_of('0') != std::string_view::npos;
}

// Whether it is a condition of the shell itself, whose failure is no program's: test, [ ], [[ ]], (( )), false.
bool is_condition(const Pipeline& pipeline) {
  if (pipeline.commands.size() != 1) return false;
  const Command& command = pipeline.commands.front();
  if (command.kind == CommandKind::test || command.kind == CommandKind::arithmetic) return true;
  const Command* simple = simple_end(pipeline);
  const std::string_view name = simple == nullptr ? std::string_view() : literal(simple->words.front());
  return name == "test" || name == "[" || always_fails(pipeline);
}

}  // namespace

bool filters(const Pipeline& pipeline) {
  const Command* last = simple_end(pipeline);
  if (last == nullptr) return false;
  const std::string_view name = literal(last->words.front());
  return name == "grep" || name == "egrep" || name == "fgrep" || name == "rg" || name == "ag";
}

// By the first word of each command, so a `break` behind `eval` is not seen; then the loop is trusted wrongly, but only
// for what its status says, never for what it runs.
bool may_leave(const Script& script) {
  for (const Statement& statement : script.statements)
    for (const Pipeline& pipeline : statement.pipelines)
      for (const Command& command : pipeline.commands) {
        const std::string_view name = command.words.empty() ? "" : literal(command.words.front());
        if (name == "break" || name == "exit" || name == "return") return true;
        if (std::any_of(command.bodies.begin(), command.bodies.end(), may_leave)) return true;
      }
  return false;
}

bool compares(const std::vector<Word>& words) {
  if (words.empty() || (literal(words.front()) != "test" && literal(words.front()) != "[")) return false;
  return std::any_of(words.begin(), words.end(), [](const Word& word) {
    const std::string_view text = literal(word);
    return text == "=" || text == "==" || text == "-n";
  });
}

// From right to left: a pipeline behind `||` runs only if all before it failed, so the status of the list speaks for
// those before it only if it cannot succeed itself. First, `test X && program`: if the list fails, that may be the
// test's failure and no program's.
std::vector<Bearing> bearings_within(const Statement& statement, Bearing whole) {
  for (std::size_t i = 0; i + 1 < statement.pipelines.size(); ++i)
    if (statement.needs_success[i] &&
        (is_condition(statement.pipelines[i]) || is_condition(statement.pipelines[i + 1])))
      whole.failure = false;
  std::vector<Bearing> bearings(statement.pipelines.size(), whole);
  for (std::size_t i = statement.pipelines.size(); i-- > 1;) {
    bearings[i] = whole;
    if (!statement.needs_success[i - 1]) {
      bearings[i].success = bearings[i].passed = false;
      whole.success = whole.success && always_fails(statement.pipelines[i]);
      whole.passed = false;
    }
  }
  if (!bearings.empty()) bearings.front() = whole;
  return bearings;
}

}  // namespace cascade::shell
