// Follows a script from state to state without running it. A state is all that the shell knows at one point:
// directory, variables, functions, options. Each construct takes the states before it and gives an Outcome, the states
// after its success and those after its failure: `a && b` passes the successes of a to b, `a || b` its failures, and
// an `if` whose condition is unknown is followed on both branches. Every program met on the way is reported with its
// words, directory and variables. Following one way only would miss a `cd` on the other, and the guard must see each
// place that a command may run in. Equal states are merged, their number is limited (state.cpp), and so are rounds,
// steps and nesting: every line ends after bounded work. `bearing_` goes down with the walk: it says what the exit
// status of the whole line will tell about this command (bearing.h).
#include "shell/runner.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cascade::shell {
namespace {

// These and most_shells are far above what people write. They stop a line such as `f() { f; f; }; f`, which doubles at
// each level, and count work instead of time, so that a line gets the same answer on every machine.
constexpr int most_steps = 4000;            // simple commands; those in a loop count once per round
constexpr std::size_t most_text = 1 << 18;  // bytes that variables, substitutions and nested texts make of a short line

bool all(const States& states, bool State::*member) {
  return std::all_of(states.begin(), states.end(), [&](const State& state) { return state.*member; });
}

}  // namespace

// For a command whose status is unknown: the line goes on both ways from this state.
Outcome either(State state) {
  Outcome outcome;
  outcome.failure.push_back(state);
  outcome.success.push_back(std::move(state));
  return outcome;
}

Trace trace(std::string_view command, const std::string& directory, const Surroundings& surroundings,
            const std::function<void(const Call&)>& see) {
  Trace result;
  Runner runner(surroundings, see, result);
  State state;
  state.directory = directory;
  state.ends_on_failure = surroundings.ends_on_failure();
  runner.line(std::string(command), state);
  return result;
}

void Runner::line(const std::string& text, const State& state) {
  most_bytes_ = most_text + 8 * text.size();
  States ends = all_of(this->text(text, state, {}, false));
  finish(ends.empty() ? state : ends.front());
}

void Runner::cut(std::string_view what) {
  trace_.complete = false;
  trace_.is_cut = true;
  trace_.fault = what;
}

bool Runner::spend() {
  if (++steps_ <= most_steps) return true;
  cut("too many commands");
  return false;
}

// `a=$a$a` doubles a text at each step. Once there is too much of it, nothing more is followed.
bool Runner::may_grow(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ <= most_bytes_) return true;
  steps_ = most_steps;
  cut("too much text");
  return false;
}

// `own_shell`: the text runs in a new process, which inherits exported variables only and whose changes end with it.
Outcome Runner::text(const std::string& text, State state, const Streams& streams, bool own_shell) {
  if (depth_ >= most_shells) cut("too many shells within each other");
  if (depth_ >= most_shells || !may_grow(text.size())) return either(std::move(state));
  readings_.push_back(read(text));
  const Reading& reading = readings_.back();
  if (!reading.complete) {
    trace_.complete = false;
    trace_.is_cut = trace_.is_cut || reading.is_too_deep;
    trace_.fault = reading.fault + " at byte " + std::to_string(reading.fault_offset + 1);
    if (depth_ == 0) trace_.fault_at = reading.fault_offset;
  }
  ++depth_;
  const bool decided = shell_decides_, returned = function_decides_, collected = collects_, ignored = ignores_;
  if (own_shell) {
    shell_decides_ = bearing_.fatal;
    function_decides_ = ignores_ = false;
  }
  if (own_shell || depth_ == 1) collects_ = shell_decides_ && ends_by_variable(reading.script);
  State inner = state;
  if (own_shell) {
    inner.functions.clear();
    inner.aliases.clear();
    inner.stack.clear();
    const auto local = [](const Variable& variable) { return !variable.exported; };
    inner.variables.erase(std::remove_if(inner.variables.begin(), inner.variables.end(), local), inner.variables.end());
  }
  Outcome outcome = script(reading.script, {std::move(inner)}, streams);
  std::tie(shell_decides_, function_decides_, collects_, ignores_) = std::tie(decided, returned, collected, ignored);
  --depth_;
  if (!own_shell) return outcome;
  state.started_programs = true;
  return either(std::move(state));
}

// Runs the traps at the end; the status of the line says nothing about them.
void Runner::finish(const State& state) {
  const std::vector<std::string> traps = std::move(traps_);
  traps_.clear();
  bearing_ = {};
  for (const std::string& trap : traps) static_cast<void>(text(trap, state, {}, false));
}

Outcome Runner::script(const Script& script, States states, const Streams& streams) {
  Outcome outcome;
  outcome.success = std::move(states);
  for (const Statement& next : script.statements) {
    States before = all_of(std::move(outcome));
    outcome = {};
    if (before.empty()) break;
    // The status of the last statement is the script's; under set -e every statement must succeed.
    const bool decides = &next == &script.statements.back() || all(before, &State::ends_on_failure);
    Bearing of_next = decides && !next.background ? bearing_ : Bearing();
    const bool is_last = &next == &script.statements.back();
    of_next.fatal = !next.background && (is_last ? bearing_.fatal : collects_ && reads_status(*(&next + 1)));
    outcome = bearing(of_next, [&] { return statement(next, std::move(before), streams); });
  }
  return outcome;
}

Deciding Runner::deciding(const States& states) const {
  Deciding deciding;
  deciding.status = bearing_.fatal;
  deciding.failure = shell_decides_ && !ignores_ && all(states, &State::ends_on_failure);
  deciding.exit = shell_decides_;
  deciding.returned = function_decides_;
  deciding.collected = collects_;
  return deciding;
}

Outcome Runner::statement(const Statement& statement, States states, const Streams& streams) {
  // `&` does not wait: the shell goes on from where it was, whatever the command will change.
  States before;
  if (statement.background) before = states;
  Outcome outcome;
  std::vector<Bearing> bearings = bearings_within(statement, bearing_);
  const std::vector<bool> fatal =
      statement.background ? std::vector<bool>(bearings.size()) : fatal_within(statement, deciding(states));
  for (std::size_t i = 0; i < bearings.size(); ++i) bearings[i].fatal = fatal[i];
  const bool ignored = ignores_;
  const auto follow = [&](std::size_t i, States&& from) {
    ignores_ = ignored || i + 1 < statement.pipelines.size();
    return bearing(bearings[i], [&] { return pipeline(statement.pipelines[i], std::move(from), streams); });
  };
  if (!statement.pipelines.empty()) outcome = follow(0, std::move(states));
  for (std::size_t i = 1; i < statement.pipelines.size(); ++i) {
    const bool needs_success = statement.needs_success[i - 1];
    States& taken = needs_success ? outcome.success : outcome.failure;
    if (taken.empty()) continue;
    Outcome next = follow(i, std::move(taken));
    if (needs_success) {
      outcome.success = std::move(next.success);
      join(outcome.failure, std::move(next.failure));
    } else {
      outcome.failure = std::move(next.failure);
      join(outcome.success, std::move(next.success));
    }
  }
  ignores_ = ignored;
  if (!statement.background) return outcome;
  outcome = {};
  outcome.success = std::move(before);
  return outcome;
}

Outcome Runner::pipeline(const Pipeline& pipeline, States states, const Streams& streams) {
  Outcome outcome;
  if (pipeline.negated) {
    bearing_ = {false, false, false, bearing_.fatal && std::exchange(branches_, false)};
    ignores_ = true;
  }
  for (State& state : states) {
    Outcome one;
    if (pipeline.commands.size() == 1) {
      one = command(pipeline.commands.front(), std::move(state), streams);
    } else {
      // Each command is its own process: its changes end with it.
      Input input;
      Input* from = streams.input;
      const Bearing whole = bearing_;
      // Without pipefail only the last command decides the status. It vouches for the others only if it is a filter,
      // which fails when they print nothing that it looks for.
      const Bearing inside =
          state.pipes_fail ? whole : Bearing{false, false, whole.success && filters(pipeline), false};
      const std::size_t outer = std::exchange(pipeline_, ++pipelines_);
      for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
        const bool last = i + 1 == pipeline.commands.size();
        Output output;
        Streams piped;
        piped.input = from;
        piped.output = last ? streams.output : &output;
        static_cast<void>(bearing(last ? whole : inside, [&] { return command(pipeline.commands[i], state, piped); }));
        if (last) break;
        input = {};
        if (output.known) input.text = std::move(output.text);
        input.from_program = !output.known;
        input.folders = std::move(output.folders);
        input.of_line = output.of_line;
        from = &input;
      }
      pipeline_ = outer;
      state.started_programs = true;
      one = either(std::move(state));
    }
    if (pipeline.negated) std::swap(one.success, one.failure);
    join(outcome.success, std::move(one.success));
    join(outcome.failure, std::move(one.failure));
  }
  return outcome;
}

Outcome Runner::command(const Command& command, State state, Streams streams) {
  if (!spend()) return either(std::move(state));
  Input input;
  Written written;
  redirect(command, state, streams, input, written);
  const State before = state;
  Outcome outcome;
  if (command.kind == CommandKind::simple) {
    outcome = simple(command, std::move(state), streams, written.files);
  } else {
    if (!written.files.empty()) {
      Execution files;
      files.written = written.files;
      report(files, state);
    }
    outcome = compound(command, std::move(state), streams);
  }
  keep(written, before);
  return outcome;
}

// The elements of a list are expanded only for what they run. Their values are not kept: no rule reads a list, and an
// index may be unknown.
void Runner::assign(const std::vector<Assignment>& assignments, State& state, bool exported) {
  for (const Assignment& assignment : assignments) {
    Value value = unknown();
    if (!assignment.is_list) {
      value = expand_whole(assignment.value, state);
      if (assignment.appends) {
        const Variable* before = state.find(assignment.name);
        const bool known = before != nullptr && before->value && before->value->known && value.known;
        value = known ? Value{before->value->text + value.text} : unknown();
      }
    } else {
      for (const Word& element : assignment.elements) static_cast<void>(expand(element, state));
    }
    const Variable* before = state.find(assignment.name);
    const bool stays = exported || state.exports_all ||
                       (before != nullptr ? before->exported : surroundings_.exports(assignment.name));
    state.set(assignment.name, std::move(value), stays);
  }
}

}  // namespace cascade::shell
