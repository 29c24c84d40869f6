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

bool names(const Word& word, std::string_view parameter) {
  return std::any_of(word.parts.begin(), word.parts.end(),
                     [&](const Part& part) { return part.kind == PartKind::parameter && part.text == parameter; });
}

bool expands(const Word& word) {
  return std::any_of(word.parts.begin(), word.parts.end(),
                     [](const Part& part) { return part.kind != PartKind::text; });
}

// What a branch that is taken after a failure ends with: the shell, the function, a failure, or a note of it.
bool is_fatal_end(const Pipeline& pipeline, const Deciding& deciding, bool follows_failure, bool otherwise) {
  if (pipeline.negated || pipeline.commands.size() != 1) return false;
  const Command& command = pipeline.commands.front();
  if (command.kind == CommandKind::group) return is_fatal_branch(command.bodies.front(), deciding);
  if (command.kind == CommandKind::simple && command.words.empty())
    return !command.assignments.empty() && deciding.collected;
  const Command* simple = simple_end(pipeline);
  const std::string_view name = simple == nullptr ? std::string_view() : literal(simple->words.front());
  if (name == "exit" || name == "return") {
    // Without a number it ends with the status of what ran before it.
    const bool repeats = simple->words.size() == 1 || names(simple->words[1], "?");
    const bool fails = always_fails(pipeline) || (repeats && follows_failure);
    return fails ? (name == "exit" ? deciding.exit : deciding.returned)
                 : deciding.collected && simple->words.size() == 2 && expands(simple->words[1]);
  }
  return otherwise && always_fails(pipeline);
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

// From right to left, because what runs after a failure decides: with `a && b || c` a failing a leads to c.
std::vector<bool> fatal_within(const Statement& statement, const Deciding& deciding) {
  std::vector<bool> fatal(statement.pipelines.size(), deciding.status || deciding.failure);
  for (std::size_t i = fatal.size(); i-- > 1;) {
    std::size_t next = i;  // the first behind `||` after the one before it
    while (next < fatal.size() && statement.needs_success[next - 1]) ++next;
    fatal[i - 1] =
        next == fatal.size() ? deciding.status : is_fatal_end(statement.pipelines[next], deciding, true, fatal[next]);
  }
  return fatal;
}

bool is_fatal_branch(const Script& branch, const Deciding& deciding) {
  if (branch.statements.empty()) return false;
  const Statement& last = branch.statements.back();
  if (last.background || last.pipelines.empty() ||
      !std::all_of(last.needs_success.begin(), last.needs_success.end(), [](bool needs) { return needs; }))
    return false;
  return is_fatal_end(last.pipelines.back(), deciding, branch.statements.size() == 1 && last.pipelines.size() == 1,
                      deciding.status || deciding.failure);
}

bool ends_by_variable(const Script& script) {
  if (script.statements.empty() || script.statements.back().pipelines.empty()) return false;
  const Pipeline& last = script.statements.back().pipelines.back();
  if (last.commands.size() != 1) return false;
  const Command& command = last.commands.front();
  if (command.kind == CommandKind::test || command.kind == CommandKind::arithmetic) return true;
  const Command* simple = simple_end(last);
  const std::string_view name = simple == nullptr ? std::string_view() : literal(simple->words.front());
  return (name == "exit" || name == "return" || name == "test" || name == "[") &&
         std::any_of(simple->words.begin(), simple->words.end(), expands);
}

bool reads_status(const Statement& statement) {
  const auto reads = [](const Word& word) { return names(word, "?") || names(word, "PIPESTATUS"); };
  for (const Pipeline& pipeline : statement.pipelines)
    for (const Command& command : pipeline.commands) {
      if (std::any_of(command.words.begin(), command.words.end(), reads)) return true;
      for (const Assignment& assignment : command.assignments)
        if (reads(assignment.value) || std::any_of(assignment.elements.begin(), assignment.elements.end(), reads))
          return true;
      if (command.kind == CommandKind::condition && !command.bodies.front().statements.empty() &&
          reads_status(command.bodies.front().statements.front()))
        return true;
    }
  return false;
}

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
