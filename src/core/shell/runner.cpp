// Follows a script from state to state without running it. Each construct takes the states before it and gives those
// after its success and after its failure; both branches of an unknown condition are followed, since the guard must see
// each place that a command may run in. States, rounds, steps and nesting are limited, so every line ends.
#include "shell/runner.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace cascade::shell {
namespace {

// They stop `f() { f; f; }; f`. Work is counted, not time, so that every machine gives the same answer.
constexpr int most_steps = 4000;            // simple commands; those in a loop count once per round
constexpr std::size_t most_text = 1 << 18;  // bytes that variables, substitutions and nested texts make of a short line

bool all(const States& states, bool State::*member) {
  return std::ranges::all_of(states, [&](const State& state) { return state.*member; });
}

// A simple command: its words, what stands behind the first of them, and the report of the program that runs at last.

// Git Bash calls a program with or without ".exe".
std::string file_name(const std::string& path) {
  std::string name = path.substr(path.find_last_of('/') + 1);
  if (name.size() > 4 && name.ends_with(".exe")) name.resize(name.size() - 4);
  return name;
}

bool same_words(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Value& one, const Value& other) {
    return one.known == other.known && one.text == other.text;
  });
}

}  // namespace

Outcome succeed(State state) {
  Outcome outcome;
  outcome.success.push_back(std::move(state));
  return outcome;
}

Outcome fail(State state) {
  Outcome outcome;
  outcome.failure.push_back(std::move(state));
  return outcome;
}

Outcome either(State state) {
  Outcome outcome = fail(state);
  outcome.success.push_back(std::move(state));
  return outcome;
}

Outcome ran(State state) {
  state.started_programs = true;
  return either(std::move(state));
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
    std::erase_if(inner.variables, local);
  }
  Outcome outcome = script(reading.script, {std::move(inner)}, streams);
  std::tie(shell_decides_, function_decides_, collects_, ignores_) = std::tie(decided, returned, collected, ignored);
  --depth_;
  if (!own_shell) return outcome;
  return ran(std::move(state));
}

void Runner::finish(const State& state) {
  const std::vector<std::string> traps = std::move(traps_);
  traps_.clear();
  bearing_ = {};
  for (const std::string& trap : traps) static_cast<void>(text(trap, state, {}, false));
}

Outcome Runner::script(const Script& script, States states, const Streams& streams) {
  Outcome outcome;
  outcome.success = std::move(states);
  const bool may_be_kept = may_be_kept_;
  for (const Statement& next : script.statements) {
    States before = all_of(std::move(outcome));
    outcome = {};
    if (before.empty()) break;
    // After `;` or a new line what failed before does not matter, except under set -e.
    if (!all(before, &State::ends_on_failure)) may_be_kept_ = may_be_kept;
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
      one = ran(std::move(state));
    }
    if (pipeline.negated) std::swap(one.success, one.failure);
    join(outcome, std::move(one));
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
  may_be_kept_ = may_be_kept_ || !outcome.failure.empty();
  return outcome;
}

// The elements of a list are expanded only for what they run: no rule reads a list.
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

Outcome Runner::simple(const Command& command, State state, const Streams& streams, std::vector<Value> written) {
  Execution execution;
  execution.streams = streams;
  execution.written = std::move(written);
  // `test "$(git status)" = clean` succeeds only if the program inside printed what is compared, and
  // `test -z "$(gofmt -l .)"` fails where the one inside printed what it found.
  of_substitution_ = {false, false, bearing_.success && tests_by(command.words, {"=", "==", "-n"}),
                      bearing_.fatal && tests_by(command.words, {"-z"})};
  execution.words = expand_all(command.words, state);
  of_substitution_ = {};
  if (execution.words.empty()) {
    of_substitution_.fatal = bearing_.fatal;  // X=$(program) ends with the program's status
    assign(command.assignments, state, false);
    if (!execution.written.empty()) report(execution, state);
    of_substitution_ = {};
    // An assignment that runs nothing always succeeds.
    bool runs = false;
    for (const Assignment& assignment : command.assignments)
      for (const Part& part : assignment.value.parts) runs = runs || part.kind == PartKind::command;
    if (runs || !command.words.empty()) return either(std::move(state));
    return succeed(std::move(state));
  }
  const std::string& name = execution.words.front().text;
  if (name == "export" || name == "declare" || name == "typeset" || name == "local" || name == "readonly") {
    const bool exports = name == "export" || std::ranges::any_of(execution.words, [](const Value& word) {
                           return is_option(word) && word.text.find('x') != std::string::npos;
                         });
    assign(command.assignments, state, exports);
  } else {
    // The words were expanded before, with the old value: in `X=1 echo $X` the shell does so, too.
    State scratch = state;  // X=1 git ... sets X for git only
    for (const Assignment& assignment : command.assignments) {
      assign({}, scratch, false);
      Value value = assignment.is_list ? unknown() : expand_whole(assignment.value, state);
      execution.settings.push_back({assignment.name, std::move(value)});
    }
  }
  return execute(std::move(execution), std::move(state));
}

// The words after the alias become words of its last command, as if `eval` read the whole text.
bool Runner::expand_alias(Execution& execution, State& state) {
  const auto alias = std::ranges::find(state.aliases, execution.words.front().text,
                                       [](const auto& one) -> const std::string& { return one.first; });
  if (alias == state.aliases.end()) return false;
  std::string text = std::move(alias->second);
  state.aliases.erase(alias);
  const Reading& reading = readings_.emplace_back(read(text));
  const std::vector<Statement>& statements = reading.script.statements;
  const bool is_one = reading.complete && statements.size() == 1 && statements.front().pipelines.size() == 1 &&
                      statements.front().pipelines.front().commands.size() == 1;
  const Command* const command = is_one ? &statements.front().pipelines.front().commands.front() : nullptr;
  const bool plain = command != nullptr && command->kind == CommandKind::simple;
  std::vector<Value> words;
  if (plain) words = expand_all(command->words, state);
  for (const Value& word : std::span(execution.words).subspan(1)) {
    if (plain) words.push_back(word);
    text += " " + (word.known ? single_quoted(word.text) : "\"${_}\"");
  }
  if (!plain) words = {Value{"eval"}, Value{std::move(text)}};
  if (words.empty()) return false;
  execution.words = std::move(words);
  return true;
}

// Looks a name up as a function, an alias, a builtin, a wrapper, then a program, which leaves the shell's state.
Outcome Runner::execute(Execution execution, State state) {
  if (depth_ > most_shells) cut("too many commands within each other");
  if (depth_ > most_shells || !spend()) return either(std::move(state));
  if (execution.words.empty()) return either(std::move(state));
  if (!execution.words.front().known) return unfollowed(execution, std::move(state));
  for (const auto& [name, body] : state.functions)
    if (name == execution.words.front().text)
      return function(*body, execution.words, std::move(state), execution.streams);
  if (expand_alias(execution, state)) return execute(std::move(execution), std::move(state));
  const std::string name = file_name(execution.words.front().text);
  Outcome outcome;
  if (execution.words.front().text == name && builtin(name, execution, state, outcome)) return outcome;
  if (wrapper(name, execution, state, outcome) || relay(name, execution, state, outcome)) return outcome;
  auto script = execution.words.front().text != name ? known_file(execution.words.front(), state)  // ./install.sh
                                                     : std::nullopt;
  if (!script) {
    State there = state;
    for (const Setting& setting : execution.settings) there.set(setting.name, setting.value, true);
    if (const std::string* made = written_program(name, there)) script = *made;
  }
  if (script) {
    static_cast<void>(text(*script, state, execution.streams, true));
    return either(std::move(state));
  }
  const Call call = call_of(execution, state, Call::Kind::program);
  if (Output* const output = execution.streams.output; output != nullptr) {
    if (const auto known = surroundings_.printed(call))
      output->text += *known;
    else if (!prints(name, execution, state))
      output->known = false;
    if (!may_grow(output->text.size())) *output = {{}, false};
    // A filter prints some of the names that it gets, or makes something of the text that it gets.
    if (const Input* input = execution.streams.input; !output->known && input != nullptr) {
      output->folders = input->folders;
      output->of_line = input->of_line || input->text.has_value();
    }
  }
  if (const Input* input = execution.streams.input; name == "tee" && input != nullptr && input->text)
    for (std::size_t i = 1; i < execution.words.size(); ++i)
      if (!is_option(execution.words[i])) keep(execution.words[i], *input->text, false, state);
  see_(call);
  return ran(std::move(state));
}

void Runner::report(const Execution& execution, const State& state, Call::Kind kind) {
  see_(call_of(execution, state, kind));
}

Outcome Runner::unfollowed(const Execution& execution, State state, Call::Kind kind) {
  report(execution, state, kind);
  if (execution.streams.output != nullptr) execution.streams.output->known = false;
  return ran(std::move(state));
}

Call Runner::call_of(const Execution& execution, const State& state, Call::Kind kind) const {
  Call call;
  call.kind = kind;
  call.words = execution.words;
  if (!call.words.empty() && call.words.front().known) call.program = file_name(call.words.front().text);
  call.directory = state.directory;
  for (const Variable& variable : state.variables)
    if (variable.exported || !variable.value) call.environment.push_back({variable.name, variable.value});
  call.environment.insert(call.environment.end(), execution.settings.begin(), execution.settings.end());
  call.clears_environment = execution.clears_environment;
  call.written = execution.written;
  call.reads = execution.streams.input != nullptr;
  if (execution.streams.input != nullptr) call.input = execution.streams.input->text;
  if (traps_.empty())
    call.bearing = {bearing_.success && !left_succeeding_, bearing_.failure && !left_failing_,
                    bearing_.passed && !left_succeeding_, false};
  call.bearing.fatal = bearing_.fatal;
  call.pipeline = pipeline_;
  call.session = session_;
  call.typed = typed_;
  call.may_be_kept = may_be_kept_;
  return call;
}

Outcome Runner::function(const Command& body, const std::vector<Value>& words, State state, const Streams& streams) {
  std::vector<Value> positional(words.begin() + 1, words.end());
  std::swap(state.positional, positional);
  const bool known = state.positional_known;
  state.positional_known = true;
  // A call of itself in a state that it was in before shows nothing new.
  const bool again = std::ranges::any_of(called_, [&](const auto& one) {
    return one.first == &body && same(one.second, state) && same_words(one.second.positional, state.positional);
  });
  if (again) {
    state.positional = std::move(positional);
    state.positional_known = known;
    return either(std::move(state));
  }
  called_.emplace_back(&body, state);
  ++depth_;
  const bool returned = std::exchange(function_decides_, bearing_.fatal);
  if (depth_ > most_shells) cut("too many functions within each other");
  Outcome outcome = depth_ > most_shells ? either(std::move(state)) : command(body, std::move(state), streams);
  function_decides_ = returned;
  --depth_;
  called_.pop_back();
  for (States* states : {&outcome.success, &outcome.failure})
    for (State& end : *states) {
      end.positional = positional;
      end.positional_known = known;
    }
  return outcome;
}

// From left to right. Only standard input and output are followed, but files are reported for every descriptor, and all
// targets are expanded: a substitution in them runs.
void Runner::redirect(const Command& command, State& state, Streams& streams, Input& input, Written& written) {
  for (const Redirection& redirection : command.redirections) {
    switch (redirection.kind) {
      case RedirectionKind::here_document:
      case RedirectionKind::here_string: {
        const bool document = redirection.kind == RedirectionKind::here_document;
        const Value text = expand_whole(document ? *redirection.body : redirection.target, state);
        if (redirection.descriptor > 0) break;
        input.text = script_text(text) + (document ? "" : "\n");
        streams.input = &input;
        break;
      }
      case RedirectionKind::input: {
        const Value file = expand_whole(redirection.target, state);
        if (redirection.descriptor > 0) break;
        input = {};
        input.text = known_file(file, state);
        streams.input = &input;
        break;
      }
      case RedirectionKind::output:
      case RedirectionKind::append:
      case RedirectionKind::both: {
        Value file = expand_whole(redirection.target, state);
        // The output no longer reaches whoever would read it, such as $(...).
        if (redirection.descriptor <= 1) streams.output = nullptr;
        if (file.known && file.text == "/dev/null") break;
        written.files.push_back(std::move(file));
        written.follows = surroundings_.keeps_written() && redirection.descriptor <= 1;
        written.appends = redirection.kind == RedirectionKind::append;
        written.text = {};
        if (written.follows) streams.output = &written.text;
        break;
      }
      case RedirectionKind::duplicate:
        if (redirection.descriptor <= 1 && streams.output != nullptr && !written.follows) {
          const Value target = expand_whole(redirection.target, state);
          if (redirection.descriptor != 0 && target.text != "1") streams.output = nullptr;
        }
        break;
    }
  }
}

// What a file holds, or the pipe that <(...) stands for.
std::optional<std::string> Runner::known_file(const Value& file, const State& state) const {
  if (!file.printed.empty()) return file.printed;
  const std::string path = file.known ? reached(state.directory, file.text) : std::string();
  if (path.empty()) return std::nullopt;
  const auto made = written_.find(path);
  return made != written_.end() ? std::optional(made->second) : surroundings_.contents(path);
}

// Keeps what the line writes into a file, to be followed where the line runs it, and reports it: git may run it.
void Runner::keep(const Value& file, const std::string& text, bool appends, const State& state) {
  const std::string path = file.known && !file.is_pattern ? reached(state.directory, file.text) : std::string();
  if (path.empty() || text.empty() || !surroundings_.keeps_written() || !may_grow(text.size())) return;
  std::string& kept = written_[path];
  kept = appends ? kept + text : text;
  Execution done;
  done.written.push_back(file);
  done.written.back().printed = kept;
  report(done, state);
}

void Runner::keep(const Written& written, const State& state) {
  if (!written.follows) return;
  if (written.text.known)
    keep(written.files.back(), written.text.text, written.appends, state);
  else
    written_.erase(reached(state.directory, written.files.back().text));
}

// What the line wrote into a program that it finds in a folder that it put into PATH; null: it is another program.
const std::string* Runner::written_program(const std::string& name, const State& state) const {
  const Variable* path = written_.empty() ? nullptr : state.find("PATH");
  if (path == nullptr || !path->value) return nullptr;
  std::string_view folders = path->value->text;  // to the first part that is not known
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string folder = reached(state.directory, std::string(folders.substr(0, end)));
    const auto found = folder.empty() ? written_.end() : written_.find(folder + "/" + name);
    if (found != written_.end()) return &found->second;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return nullptr;
}

}  // namespace cascade::shell
