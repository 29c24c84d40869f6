// Reads from the form of a command alone, before it is followed, whether it can fail, end a loop, or filter.
#include "shell/runner.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

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

// The first word of that command, without expansions; empty: there is none.
std::string_view name_of_end(const Pipeline& pipeline) {
  const Command* simple = simple_end(pipeline);
  return simple == nullptr ? std::string_view() : literal(simple->words.front());
}

// Whether it can never end with status 0: false, exit 1, { ...; exit 1; }, (... && exit 1).
bool always_fails(const Pipeline& pipeline) {
  if (pipeline.negated || pipeline.commands.size() != 1) return false;
  const Command& command = pipeline.commands.front();
  const bool is_script = command.kind == CommandKind::group || command.kind == CommandKind::subshell;
  if (is_script && !command.bodies.front().statements.empty()) {
    const Statement& last = command.bodies.front().statements.back();
    return !last.background && std::ranges::all_of(last.needs_success, std::identity()) &&
           always_fails(last.pipelines.back());
  }
  const std::string_view name = name_of_end(pipeline);
  if (name == "false") return true;
  if ((name != "exit" && name != "return") || command.words.size() != 2) return false;
  const std::string_view status = literal(command.words[1]);
  return !status.empty() && status.find_first_not_of("0123456789") == std::string_view::npos &&
         status.find_first_not_of('0') != std::string_view::npos;
}

bool names(const Word& word, std::string_view parameter) {
  return std::ranges::any_of(
      word.parts, [&](const Part& part) { return part.kind == PartKind::parameter && part.text == parameter; });
}

bool expands(const Word& word) {
  return std::ranges::any_of(word.parts, [](const Part& part) { return part.kind != PartKind::text; });
}

// What a branch that is taken after a failure ends with: the shell, the function, a failure, or a note of it.
bool is_fatal_end(const Pipeline& pipeline, const Deciding& deciding, bool follows_failure, bool otherwise) {
  if (pipeline.negated || pipeline.commands.size() != 1) return false;
  const Command& command = pipeline.commands.front();
  if (command.kind == CommandKind::group) return is_fatal_branch(command.bodies.front(), deciding);
  if (command.kind == CommandKind::simple && command.words.empty())
    return !command.assignments.empty() && deciding.collected;
  const std::string_view name = name_of_end(pipeline);
  if (name == "exit" || name == "return") {
    // Without a number it ends with the status of what ran before it.
    const bool repeats = command.words.size() == 1 || names(command.words[1], "?");
    const bool fails = always_fails(pipeline) || (repeats && follows_failure);
    return fails ? (name == "exit" ? deciding.exit : deciding.returned)
                 : deciding.collected && command.words.size() == 2 && expands(command.words[1]);
  }
  return otherwise && always_fails(pipeline);
}

// Whether it is a condition of the shell itself, whose failure is no program's: test, [ ], [[ ]], (( )), false.
bool is_condition(const Pipeline& pipeline) {
  if (pipeline.commands.size() != 1) return false;
  const Command& command = pipeline.commands.front();
  if (command.kind == CommandKind::test || command.kind == CommandKind::arithmetic) return true;
  const std::string_view name = name_of_end(pipeline);
  return name == "test" || name == "[" || always_fails(pipeline);
}

// Follows every branch that may be taken, and joins the states at the ends. A loop goes round only for known lines of a
// `read` or known items; otherwise one round with unknown values stands for all.

constexpr int most_rounds = 16;  // of a loop

// What follows a command whose status is unknown, such as a loop's: both ways go on from the same states.
Outcome either_way(States ends) {
  Outcome outcome;
  outcome.failure = ends;
  outcome.success = std::move(ends);
  return outcome;
}

// Whether the body of a loop holds a word that may end the loop early.
// By the first word of each command: a `break` behind `eval` is not seen; then only a status is trusted wrongly.
bool may_leave(const Script& script) {
  for (const Statement& statement : script.statements)
    for (const Pipeline& pipeline : statement.pipelines)
      for (const Command& command : pipeline.commands) {
        const std::string_view name = command.words.empty() ? "" : literal(command.words.front());
        if (name == "break" || name == "exit" || name == "return") return true;
        if (std::ranges::any_of(command.bodies, may_leave)) return true;
      }
  return false;
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
  if (last.background || last.pipelines.empty() || !std::ranges::all_of(last.needs_success, std::identity()))
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
  const std::string_view name = name_of_end(last);
  return (name == "exit" || name == "return" || name == "test" || name == "[") &&
         std::ranges::any_of(command.words, expands);
}

bool reads_status(const Statement& statement) {
  const auto reads = [](const Word& word) { return names(word, "?") || names(word, "PIPESTATUS"); };
  for (const Pipeline& pipeline : statement.pipelines)
    for (const Command& command : pipeline.commands) {
      if (std::ranges::any_of(command.words, reads)) return true;
      for (const Assignment& assignment : command.assignments)
        if (reads(assignment.value) || std::ranges::any_of(assignment.elements, reads)) return true;
      if (command.kind == CommandKind::condition && !command.bodies.front().statements.empty() &&
          reads_status(command.bodies.front().statements.front()))
        return true;
    }
  return false;
}

bool filters(const Pipeline& pipeline) {
  const std::string_view name = name_of_end(pipeline);
  return name == "grep" || name == "egrep" || name == "fgrep" || name == "rg" || name == "ag";
}

bool tests_by(const std::vector<Word>& words, std::initializer_list<std::string_view> operators) {
  if (words.empty() || (literal(words.front()) != "test" && literal(words.front()) != "[")) return false;
  return std::ranges::any_of(
      words, [&](const Word& word) { return std::ranges::find(operators, literal(word)) != operators.end(); });
}

// From right to left: behind `||` runs only what all before failed to do, so the list's status speaks for them only if
// it cannot succeed itself. If `test X && program` fails, that may be the test's failure and no program's.
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

Outcome Runner::compound(const Command& command, State state, const Streams& streams) {
  // The status says nothing about commands that may be skipped or run several times; where one runs and fails, it may.
  const bool runs_once = command.kind == CommandKind::group || command.kind == CommandKind::subshell;
  if (command.kind == CommandKind::loop && command.until && !may_leave(command.bodies.back())) {
    const Bearing until{bearing_.success, false, bearing_.passed, false};
    return bearing({}, [&] { return loop(command, std::move(state), streams, until); });
  }
  if (!runs_once && (bearing_.success || bearing_.failure || bearing_.passed))
    return bearing({false, false, false, bearing_.fatal}, [&] { return compound(command, std::move(state), streams); });
  switch (command.kind) {
    case CommandKind::group: return script(command.bodies.front(), {std::move(state)}, streams);
    case CommandKind::background: bearing_ = {}; [[fallthrough]];
    case CommandKind::subshell: {
      // The changes end with the process, and its status is not followed.
      const bool decides = std::exchange(shell_decides_, bearing_.fatal);
      static_cast<void>(script(command.bodies.front(), {state}, streams));
      shell_decides_ = decides;
      return ran(std::move(state));
    }
    case CommandKind::condition: return condition(command, std::move(state), streams);
    // Only the last round decides, unless set -e ends the shell before.
    case CommandKind::loop: return bearing({}, [&] { return loop(command, std::move(state), streams, {}); });
    case CommandKind::iteration: return bearing({}, [&] { return iteration(command, std::move(state), streams); });
    // Any pattern may match, or none: each body is followed, and the way past all of them.
    case CommandKind::choice: {
      static_cast<void>(expand_whole(command.words.front(), state));
      Outcome outcome = either(state);
      for (const Script& body : command.bodies) {
        join(outcome, script(body, {state}, streams));
      }
      return outcome;
    }
    case CommandKind::function: {
      if (!command.bodies.front().statements.empty())
        state.functions.insert(
            state.functions.begin(),
            {command.name, &command.bodies.front().statements.front().pipelines.front().commands.front()});
      return succeed(std::move(state));
    }
    case CommandKind::test:
    case CommandKind::arithmetic:
    case CommandKind::simple:
      for (const Word& word : command.words) static_cast<void>(expand_whole(word, state));
      return either(std::move(state));
  }
  return either(std::move(state));
}

// A condition's failure hides itself, but for the branch that is then taken: `if ! a; then exit 1; fi`, `else exit 1`.
Outcome Runner::tested(const Command& command, std::size_t i, States states, const Streams& streams) {
  const Script& test = command.bodies[i];
  const bool is_one = test.statements.size() == 1 && test.statements.front().pipelines.size() == 1;
  const bool negated = is_one && test.statements.front().pipelines.front().negated;
  const std::size_t taken = negated ? i + 1 : i + 2;
  const bool has_branch = is_one && (negated || i + 3 == command.bodies.size());
  const bool fatal = has_branch && is_fatal_branch(command.bodies[taken], deciding(states));
  const bool ignored = std::exchange(ignores_, true), outer = std::exchange(branches_, negated);
  Outcome outcome = bearing({false, false, false, fatal}, [&] { return script(test, std::move(states), streams); });
  ignores_ = ignored;
  branches_ = outer;
  return outcome;
}

// Each condition is reached by the states in which those before it failed. An `else` is the odd last body; without one,
// an `if` that takes no branch succeeds.
Outcome Runner::condition(const Command& command, State state, const Streams& streams) {
  Outcome outcome;
  States rest = {std::move(state)};
  for (std::size_t i = 0; i + 1 < command.bodies.size() && !rest.empty(); i += 2) {
    Outcome test = tested(command, i, std::move(rest), streams);
    rest = std::move(test.failure);
    if (!test.success.empty()) join(outcome, script(command.bodies[i + 1], std::move(test.success), streams));
  }
  if (rest.empty()) return outcome;
  const bool has_else = command.bodies.size() % 2 == 1;
  join(outcome, has_else ? script(command.bodies.back(), std::move(rest), streams) : Outcome{std::move(rest), {}});
  return outcome;
}

// `loops_` collects the states of `break` and `continue` within the body (builtins.cpp), which continue after the loop.
Outcome Runner::loop(const Command& command, State state, const Streams& streams, Bearing of_condition) {
  States ends;
  States round = {std::move(state)};
  loops_.push_back(&ends);
  for (int i = 0; i < most_rounds && !round.empty(); ++i) {
    const auto left = [&] { return streams.input != nullptr && streams.input->text ? streams.input->text->size() : 0; };
    const std::size_t before = left();
    const bool ignored = std::exchange(ignores_, true);
    Outcome test = bearing(of_condition, [&] { return script(command.bodies.front(), std::move(round), streams); });
    ignores_ = ignored;
    if (command.until) std::swap(test.success, test.failure);
    join(ends, std::move(test.failure));
    round = test.success.empty() ? States{} : all_of(script(command.bodies.back(), std::move(test.success), streams));
    if (left() == before) break;  // the number of rounds is unknown
  }
  loops_.pop_back();
  join(ends, std::move(round));
  return either_way(std::move(ends));
}

Outcome Runner::iteration(const Command& command, State state, const Streams& streams) {
  std::vector<Value> items;
  if (command.has_items)
    items = expand_all(command.words, state);
  else
    items = state.positional_known ? state.positional : std::vector<Value>{unknown()};
  // More rounds than that are one round with any item: what runs is still seen, only not with which words.
  if (items.size() > most_rounds) items = {unknown()};
  States ends;
  States round = {std::move(state)};
  loops_.push_back(&ends);
  for (Value& item : items) {
    if (item.is_pattern && item.known) item = unknown();
    for (State& one : round) one.set(command.name, item, false);
    // An unknown list may be empty: then the loop's body never runs.
    if (!item.known) join(ends, States(round));
    round = all_of(script(command.bodies.front(), std::move(round), streams));
    if (round.empty()) break;
  }
  loops_.pop_back();
  join(ends, std::move(round));
  return either_way(std::move(ends));
}

}  // namespace cascade::shell
