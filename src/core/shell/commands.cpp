// A simple command: what its words become, which function, builtin, wrapper or file stands behind the first of them,
// and the report of the program that runs at last.
#include <algorithm>
#include <utility>

#include "shell/runner.h"

namespace cascade::shell {
namespace {

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

// Spells a word as a shell would read it back.
std::string quoted(const Value& word) {
  if (!word.known) return "\"${_}\"";
  std::string text = "'";
  for (const char c : word.text) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

Outcome Runner::simple(const Command& command, State state, const Streams& streams, std::vector<Value> written) {
  Execution execution;
  execution.streams = streams;
  execution.written = std::move(written);
  // `test "$(git status)" = clean` succeeds only if the program inside printed what is compared.
  of_substitution_ = {false, false, bearing_.success && compares(command.words), false};
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
    Outcome outcome;
    outcome.success.push_back(std::move(state));
    return outcome;
  }
  const std::string& name = execution.words.front().text;
  if (name == "export" || name == "declare" || name == "typeset" || name == "local" || name == "readonly") {
    const bool exports =
        name == "export" || std::any_of(execution.words.begin(), execution.words.end(), [](const Value& word) {
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

// If the alias is one simple command, the words after it become its words. If it is more (`cd ../lib; git`), they
// become words of its last command: the whole text is read as `eval` reads it.
bool Runner::expand_alias(Execution& execution, State& state) {
  for (std::size_t i = 0; i < state.aliases.size(); ++i) {
    if (state.aliases[i].first != execution.words.front().text) continue;
    std::string text = state.aliases[i].second;
    readings_.push_back(read(text));
    const Script& script = readings_.back().script;
    state.aliases.erase(state.aliases.begin() + static_cast<std::ptrdiff_t>(i));
    const bool plain = readings_.back().complete && script.statements.size() == 1 &&
                       script.statements.front().pipelines.size() == 1 &&
                       script.statements.front().pipelines.front().commands.size() == 1 &&
                       script.statements.front().pipelines.front().commands.front().kind == CommandKind::simple;
    std::vector<Value> words;
    if (plain) {
      words = expand_all(script.statements.front().pipelines.front().commands.front().words, state);
      words.insert(words.end(), execution.words.begin() + 1, execution.words.end());
    } else {
      for (std::size_t j = 1; j < execution.words.size(); ++j) text += " " + quoted(execution.words[j]);
      words.resize(2);
      words[0].text = "eval";
      words[1].text = std::move(text);
    }
    if (words.empty()) return false;
    execution.words = std::move(words);
    return true;
  }
  return false;
}

// Looks a name up as a function, an alias, a builtin, a wrapper, then a program. A function comes first because it may
// hide any of the others. An unknown name is reported and may have changed anything that a program can change, but not
// the shell's own state.
Outcome Runner::execute(Execution execution, State state) {
  if (depth_ > most_shells) cut("too many commands within each other");
  if (depth_ > most_shells || !spend()) return either(std::move(state));
  if (execution.words.empty()) return either(std::move(state));
  if (!execution.words.front().known) {
    report(execution, state);
    if (execution.streams.output != nullptr) execution.streams.output->known = false;
    state.started_programs = true;
    return either(std::move(state));
  }
  for (const auto& [name, body] : state.functions)
    if (name == execution.words.front().text)
      return function(*body, execution.words, std::move(state), execution.streams);
  if (!state.aliases.empty() && expand_alias(execution, state)) return execute(std::move(execution), std::move(state));
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
  state.started_programs = true;
  return either(std::move(state));
}

void Runner::report(const Execution& execution, const State& state, Call::Kind kind) {
  see_(call_of(execution, state, kind));
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
  return call;
}

Outcome Runner::function(const Command& body, const std::vector<Value>& words, State state, const Streams& streams) {
  std::vector<Value> positional(words.begin() + 1, words.end());
  std::swap(state.positional, positional);
  const bool known = state.positional_known;
  state.positional_known = true;
  // A call of itself in a state that it was in before shows nothing new.
  const bool again = std::any_of(called_.begin(), called_.end(), [&](const auto& one) {
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

}  // namespace cascade::shell
