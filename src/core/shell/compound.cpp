// Follows what is made of other commands: groups, conditions, loops and choices. Every branch that may be taken is
// followed, and the states at the ends are joined. A loop goes round only as long as a `read` in it takes lines from
// known input, or for items that are known; otherwise one round with unknown values stands for all.
#include <utility>

#include "shell/bearing.h"
#include "shell/runner.h"

namespace cascade::shell {
namespace {

constexpr int most_rounds = 16;  // of a loop

// What follows a command whose status is unknown, such as a loop's: both ways go on from the same states.
Outcome either_way(States ends) {
  Outcome outcome;
  outcome.failure = ends;
  outcome.success = std::move(ends);
  return outcome;
}

}  // namespace

Outcome Runner::compound(const Command& command, State state, const Streams& streams) {
  // The status says nothing about commands that may be skipped or run several times; where one runs and fails, it may.
  const bool runs_once = command.kind == CommandKind::group || command.kind == CommandKind::subshell;
  if (command.kind == CommandKind::loop && command.until && !may_leave(command.bodies.back())) {
    // The loop runs until the condition succeeds.
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
      state.started_programs = true;
      return either(std::move(state));
    }
    case CommandKind::condition: return condition(command, std::move(state), streams);
    // Only the last round decides, unless set -e ends the shell before.
    case CommandKind::loop: return bearing({}, [&] { return loop(command, std::move(state), streams, {}); });
    case CommandKind::iteration: return bearing({}, [&] { return iteration(command, std::move(state), streams); });
    // Which pattern matches depends on the subject, and none may; so each body is followed, and the way past all of
    // them.
    case CommandKind::choice: {
      static_cast<void>(expand_whole(command.words.front(), state));
      Outcome outcome = either(state);
      for (const Script& body : command.bodies) {
        Outcome one = script(body, {state}, streams);
        join(outcome.success, std::move(one.success));
        join(outcome.failure, std::move(one.failure));
      }
      return outcome;
    }
    case CommandKind::function: {
      // The newest definition comes first and is found first.
      if (!command.bodies.front().statements.empty())
        state.functions.insert(
            state.functions.begin(),
            {command.name, &command.bodies.front().statements.front().pipelines.front().commands.front()});
      Outcome outcome;
      outcome.success.push_back(std::move(state));
      return outcome;
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
  std::size_t i = 0;
  for (; i + 1 < command.bodies.size() && !rest.empty(); i += 2) {
    Outcome test = tested(command, i, std::move(rest), streams);
    rest = std::move(test.failure);
    if (test.success.empty()) continue;
    Outcome taken = script(command.bodies[i + 1], std::move(test.success), streams);
    join(outcome.success, std::move(taken.success));
    join(outcome.failure, std::move(taken.failure));
  }
  if (rest.empty()) return outcome;
  Outcome taken;
  if (command.bodies.size() % 2 == 1)
    taken = script(command.bodies.back(), std::move(rest), streams);
  else
    taken.success = std::move(rest);
  join(outcome.success, std::move(taken.success));
  join(outcome.failure, std::move(taken.failure));
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
