// Programs that start the program named in their words: sudo, env, timeout, shells. Each is unwrapped by
// its own rules for options, and the command left over goes back to the runner, so that wrappers may nest in any
// order. The rows of wrapper_rows.tsv cover those that differ only in their options; env and shells change more than
// that (variables, text to be read) and have a function each, as have xargs and find (item_wrappers.cpp).
#include <algorithm>
#include <iterator>

#include "shell/runner.h"
#include "shell/wrapped_words.h"
#include "shell/wrapper_rows.h"
#include "text/ascii.h"
#include "text/word_list.h"

namespace cascade::shell {
namespace {

// Where the = of NAME=value stands; npos if the word is nothing of the kind.
std::size_t assignment_end(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return std::string::npos;
  for (std::size_t i = 0; i < equals; ++i) {
    const char c = text[i];
    if (!letters::is_word(c) || (i == 0 && letters::is_digit(c))) return std::string::npos;
  }
  return equals;
}

// Moves NAME=value at `at` from the words to the settings.
bool take_setting(Execution& execution, std::size_t at) {
  const Value& word = execution.words[at];
  const std::size_t equals = assignment_end(word.text);
  if (equals == std::string::npos) return false;
  Value value = word;
  value.text.erase(0, equals + 1);
  execution.settings.push_back({word.text.substr(0, equals), std::move(value)});
  execution.words.erase(execution.words.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

bool is_shell(std::string_view name) {
  constexpr std::array<std::string_view, 9> shells = {"sh",   "bash", "dash",  "zsh", "ksh",
                                                      "mksh", "ash",  "rbash", "yash"};
  return std::find(shells.begin(), shells.end(), name) != shells.end();
}

// Returns the directory that sudo's option names; empty: unknown.
std::optional<std::string> sudo_directory(const std::vector<Value>& words, std::size_t at) {
  const std::string& option = words[at].text;
  if ((option == "-D" || option == "--chdir") && at + 1 < words.size()) return words[at + 1].text;
  if (option.compare(0, 8, "--chdir=") == 0) return option.substr(8);
  if (option == "-i" || option == "--login") return std::string();
  return std::nullopt;
}

}  // namespace

bool Runner::wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  // These may run their program many times or not at all.
  constexpr std::array<std::string_view, 6> repeating = {"xargs", "parallel", "find", "fd", "fdfind", "watch"};
  if (std::find(repeating.begin(), repeating.end(), name) != repeating.end() &&
      (bearing_.success || bearing_.failure || bearing_.passed)) {
    // The line's status then proves nothing about a single run. find passes a failure on behind + alone.
    const bool passes_on =
        name != "watch" && (name != "find" || (!execution.words.empty() && execution.words.back().text == "+"));
    return bearing({false, false, false, bearing_.fatal && passes_on},
                   [&] { return wrapper(name, execution, state, outcome); });
  }
  if (is_shell(name))
    outcome = shell(std::move(execution), std::move(state));
  else if (name == "env")
    outcome = environment(std::move(execution), std::move(state), 1);
  else if (name == "xargs" || name == "parallel")
    outcome = arguments_from_input(std::move(execution), std::move(state));
  else if (name == "find" || name == "fd" || name == "fdfind")
    outcome = find(std::move(execution), std::move(state));
  else
    return text_wrapper(name, execution, state, outcome) || project_wrapper(name, execution, state, outcome) ||
           options_wrapper(name, execution, state, outcome);
  return true;
}

// Programs that take a command either as one text after -c or as words: su, runuser, flock, watch, npx.
bool Runner::text_wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  std::vector<Value>& words = execution.words;
  const bool is_npm = name == "npm" || name == "npx";
  if (name != "su" && name != "runuser" && name != "flock" && name != "watch" && !is_npm) return false;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (!words[i].known || (words[i].text != "-c" && words[i].text != "--call")) continue;
    outcome = text(script_text(words[i + 1]), with_settings(std::move(state), execution), execution.streams, true);
    return true;
  }
  if (is_npm) return false;
  constexpr Wrapper options = {"", "nwuE", "--timeout --wait --user --interval"};
  std::size_t first = 1;
  while (first < words.size() && is_option(words[first])) first += option_words(options, words[first].text);
  if (name == "flock") ++first;
  // su without -c starts a shell that waits for somebody to type.
  if (name == "su" || first >= words.size()) return false;
  drop_words(words, first);
  if (name == "watch") {  // watch passes its words to a shell as one text
    std::string line;
    for (const Value& word : words) line += (line.empty() ? "" : " ") + script_text(word);
    outcome = text(line, with_settings(std::move(state), execution), execution.streams, true);
    return true;
  }
  outcome = execute(std::move(execution), std::move(state));
  return true;
}

bool Runner::project_wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  std::vector<Value>& words = execution.words;
  for (const Wrapper& row : wrapper_rows::project_runners) {
    if (row.name != name) continue;
    std::size_t first = 1;
    // Another subcommand, as in `npm install`, starts no program that is named in the words.
    if (!row.verb.empty() && (words.size() < 2 || words[first++].text != row.verb)) return false;
    while (first < words.size() && words[first].known && is_option(words[first]))
      first += option_words(row, words[first].text);
    if (first >= words.size()) return false;
    drop_words(words, first);
    outcome = execute(std::move(execution), std::move(state));
    return true;
  }
  return false;
}

bool Runner::options_wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  std::vector<Value>& words = execution.words;
  const auto wrapper = std::find_if(std::begin(wrapper_rows::wrappers), std::end(wrapper_rows::wrappers),
                                    [&](const Wrapper& one) { return one.name == name; });
  if (wrapper == std::end(wrapper_rows::wrappers)) return false;
  // command -v only prints where a program is.
  if (name == "command" && words.size() > 1 && words[1].known && (words[1].text == "-v" || words[1].text == "-V"))
    return false;
  std::size_t first = 1;
  std::optional<std::string> directory;
  while (first < words.size() && words[first].known && is_option(words[first])) {
    const std::string& option = words[first].text;
    if (name == "sudo")
      if (auto given = sudo_directory(words, first)) directory = std::move(given);
    if (name == "exec" && option[1] != '-' && option.find('c') != std::string::npos)
      execution.clears_environment = true;
    const std::size_t taken = option == "--" ? 1 : option_words(*wrapper, option);
    const bool ends = option == "--";
    first += taken;
    if (ends) break;
  }
  while (wrapper->assigns && first < words.size() && take_setting(execution, first)) {
  }
  first += wrapper->operands;
  if (first >= words.size()) {
    if (name != "exec") return false;
    execution.words.clear();
    if (!execution.written.empty()) report(execution, state);  // exec > file
    outcome = either(std::move(state));
    return true;
  }
  drop_words(words, first);
  // sudo -D changes the directory of its program only; the shell stays where it was.
  if (!directory) {
    outcome = execute(std::move(execution), state);
  } else {
    State there = state;
    there.directory = reached(state.directory, *directory);
    static_cast<void>(execute(std::move(execution), std::move(there)));
    outcome = either(state);
  }
  // exec replaces the shell: nothing on the line follows it, whether it succeeds or fails.
  if (name == "exec") outcome = {};
  return true;
}

// env [-i] [-u NAME] [-C DIR] [-S TEXT] [NAME=value]... COMMAND
Outcome Runner::environment(Execution execution, State state, std::size_t first) {
  std::vector<Value>& words = execution.words;
  State inside = state;
  while (first < words.size() && words[first].known && (is_option(words[first]) || words[first].text == "-")) {
    const std::string option = words[first++].text;
    const auto value = [&](std::string_view letter, std::string_view name) -> std::optional<std::string> {
      if ((option == letter || option == name) && first < words.size()) return words[first++].text;
      if (option.compare(0, name.size() + 1, std::string(name) + "=") == 0) return option.substr(name.size() + 1);
      if (option.size() > 2 && option.compare(0, 2, letter) == 0 && option[1] != '-') return option.substr(2);
      return std::nullopt;
    };
    if (option == "--") break;
    if (option == "-" || option == "-i" || option == "--ignore-environment") {
      execution.clears_environment = true;
    } else if (const auto name = value("-u", "--unset")) {
      execution.settings.push_back({*name, std::nullopt});
    } else if (const auto directory = value("-C", "--chdir")) {
      inside.directory = reached(inside.directory, *directory);
    } else if (const auto text = value("-S", "--split-string")) {
      // env splits the text as a shell does, and the words that follow stay words.
      std::vector<Value> rest(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
      std::string line = "env " + *text;
      for (const Value& word : rest) line += " '" + replaced(script_text(word), "'", "'\\''") + "'";
      static_cast<void>(this->text(line, inside, execution.streams, false));
      return either(std::move(state));
    }
  }
  while (first < words.size() && take_setting(execution, first)) {
  }
  if (first >= words.size()) return either(std::move(state));
  drop_words(words, first);
  state.started_programs = true;
  const State before = state;
  static_cast<void>(execute(std::move(execution), std::move(inside)));
  return either(before);
}

// Reports that a text runs which is not known. `from_program`: a program printed it, so nobody can have read it.
Outcome Runner::unknown_text(Execution execution, State state, bool from_program) {
  execution.words.clear();
  report(execution, state, from_program ? Call::Kind::output : Call::Kind::text);
  state.started_programs = true;
  if (execution.streams.output != nullptr) execution.streams.output->known = false;
  return either(std::move(state));
}

// A shell runs the text after -c, or a file, or its standard input.
Outcome Runner::shell(Execution execution, State state) {
  std::vector<Value>& words = execution.words;
  bool runs_text = false, reads_input = false, ends_on_failure = false, pipes_fail = false;
  std::size_t first = 1;
  while (first < words.size() && words[first].known && words[first].text.size() > 1 &&
         (words[first].text[0] == '-' || words[first].text[0] == '+')) {
    const std::string& option = words[first++].text;
    if (option == "--" || option == "--version" || option == "--help") break;
    if (option.compare(0, 2, "--") == 0) {
      if ((option == "--rcfile" || option == "--init-file") && first < words.size())
        if (const auto script = known_file(words[first++], state))
          static_cast<void>(text(*script, with_settings(state, execution), {}, true));
      continue;
    }
    runs_text = runs_text || option.find('c') != std::string::npos;
    reads_input = reads_input || option.find('s') != std::string::npos;
    ends_on_failure = ends_on_failure || (option[0] == '-' && option.find('e') != std::string::npos);
    if (option.back() == 'o' || option.back() == 'O') {
      pipes_fail = pipes_fail || (first < words.size() && words[first].text == "pipefail");
      ++first;
    }
  }
  if (first < words.size() && words[first].text == "-" && words[first].known) {
    ++first;
    reads_input = reads_input || !runs_text;
  }
  const State started = with_settings(state, execution);
  for (const char* name : {"BASH_ENV", "ENV"})
    if (const Variable* before = started.find(name); before != nullptr && before->value)
      if (const auto script = known_file(*before->value, state)) static_cast<void>(text(*script, state, {}, true));
  if (!runs_text && (reads_input || first >= words.size())) return shell_input(execution, std::move(state));
  if (!runs_text || first >= words.size()) {  // a script file
    const auto script = first < words.size() ? known_file(words[first], state) : std::nullopt;
    if (script) {
      static_cast<void>(text(*script, with_settings(state, execution), execution.streams, true));
      state.started_programs = true;
      return either(std::move(state));
    }
    report(execution, state);
    if (execution.streams.output != nullptr) execution.streams.output->known = false;
    state.started_programs = true;
    return either(std::move(state));
  }
  const Value script = words[first];
  // Nothing of the text is known. If a part of it is, the sketch is followed, and rules see that part.
  if (!script.known && script.text.empty() && script.sketch == "${_}")
    return unknown_text(std::move(execution), std::move(state), script.is_output);
  State inside = with_settings(state, execution);
  inside.ends_on_failure = ends_on_failure;
  inside.pipes_fail = pipes_fail;
  // The word after the text is $0, those after it are $1 and so on.
  inside.positional.assign(words.begin() + static_cast<std::ptrdiff_t>(std::min(first + 2, words.size())), words.end());
  inside.positional_known = std::none_of(inside.positional.begin(), inside.positional.end(),
                                         [](const Value& value) { return value.is_list; });
  static_cast<void>(text(script_text(script), std::move(inside), execution.streams, true));
  state.started_programs = true;
  return either(std::move(state));
}

// `... | sh`: the text that is piped in is the script. Unknown text is reported as such, since nobody can have read it.
Outcome Runner::shell_input(const Execution& execution, State state) {
  const Input* input = execution.streams.input;
  if (input == nullptr) return either(std::move(state));
  if (!input->text) return unknown_text(execution, std::move(state), !input->of_line);
  static_cast<void>(text(*input->text, with_settings(state, execution), {nullptr, execution.streams.output}, true));
  state.started_programs = true;
  return either(std::move(state));
}

}  // namespace cascade::shell
