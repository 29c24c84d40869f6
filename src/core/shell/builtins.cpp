// Commands that the shell runs itself, followed exactly where they decide what later commands mean. What cannot be
// computed is unknown; what cannot be decided leads both ways.
#include <algorithm>
#include <charconv>
#include <utility>

#include "files/paths.h"
#include "shell/runner.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::shell {
namespace {

constexpr std::string_view fresh_folder = "/tmp/tmp.XXXXXXXXXX";  // of mktemp -d

std::vector<Value> operands(const std::vector<Value>& words) {
  std::size_t first = 1;
  while (first < words.size() && is_known_option(words[first])) {
    if (words[first++].text == "--") break;
  }
  return {words.begin() + static_cast<std::ptrdiff_t>(std::min(first, words.size())), words.end()};
}

void set_named_option(std::string_view name, State& state) {
  // The three that decide what programs see and what the line's status proves. Others are not followed.
  if (name == "allexport") state.exports_all = true;
  if (name == "errexit") state.ends_on_failure = true;
  if (name == "pipefail") state.pipes_fail = true;
}

// The few programs whose output follows from their words alone.

using Text = std::optional<std::string>;

// The character that \NNN or \xHH at the beginning stands for, and how long that is.
std::optional<std::pair<char, std::size_t>> coded_character(std::string_view text) {
  if (text.size() < 2 || text[0] != '\\') return std::nullopt;
  const bool hexadecimal = text[1] == 'x';
  const std::string_view digits = text.substr(hexadecimal ? 2 : 1, hexadecimal ? 2 : 3);
  int code = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 8);
  if (fault != std::errc() || code <= 0) return std::nullopt;
  return std::pair(static_cast<char>(code), static_cast<std::size_t>(end - text.data()));
}

// Returns the output of printf for a format with nothing but %s, %b and the usual escapes.
std::optional<std::string> formatted(const std::vector<Value>& words) {
  std::string text;
  std::size_t argument = 2;
  const std::string& format = words[1].text;
  do {
    for (std::size_t i = 0; i < format.size(); ++i) {
      const char next = i + 1 < format.size() ? format[i + 1] : '\0';
      if (const auto coded = coded_character(std::string_view(format).substr(i))) {
        text += coded->first;
        i += coded->second - 1;
      } else if (format[i] == '\\' && (next == 'n' || next == 't' || next == '\\')) {
        text += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
        ++i;
      } else if (format[i] == '%' && (next == 's' || next == 'b' || next == '%')) {
        if (next == '%')
          text += '%';
        else if (argument < words.size())
          text += script_text(words[argument++]);
        ++i;
      } else if (format[i] == '%' || format[i] == '\\') {
        return std::nullopt;
      } else {
        text += format[i];
      }
    }
    // printf uses its format again while words are left, but only if the format takes any.
  } while (argument < words.size() && argument > 2);
  return text;
}

// echo prints its words, with ${_} for the unknown ones.
Text echoed(const std::vector<Value>& words) {
  std::string line;
  bool ends_line = true;
  if (words.size() == 2 && !words[1].known) return std::nullopt;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool option = i == 1 && words[i].known && (words[i].text == "-n" || words[i].text == "-e");
    if (words[i].is_pattern) return std::nullopt;
    if (option)
      ends_line = words[i].text == "-e";
    else
      line += (line.empty() ? "" : " ") + script_text(words[i]);
  }
  return line + (ends_line ? "\n" : "");
}

// dirname, basename, realpath and readlink -f of one path.
Text path_printed(std::string_view name, const std::vector<Value>& words, const State& state) {
  const Value& last = words.back();
  const bool plain = last.known && !last.is_pattern && !last.text.empty() && !is_option(last);
  const std::size_t expected = name == "readlink" ? 3 : 2;
  if (!plain || words.size() != expected) return std::nullopt;
  if (name == "dirname") {
    const std::string_view parent = files::parent(last.text);
    return std::string(parent.empty() ? "." : parent) + "\n";
  }
  if (name == "basename") return std::string(files::file_name(last.text)) + "\n";
  const std::string path = reached(state.directory, last.text);
  return path.empty() ? Text() : path + "\n";
}

// ls -d prints the names it is given, one a line.
Text listed(const std::vector<Value>& words) {
  if (words.size() < 3 || words[1].text != "-d") return std::nullopt;
  std::string lines;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (!words[i].known || words[i].is_pattern || is_option(words[i])) return std::nullopt;
    lines += words[i].text + "\n";
  }
  return lines;
}

// mktemp -d prints a new folder below the temporary one, free to write. Nothing has the name given here.
Text temporary_folder(const std::vector<Value>& words) {
  bool is_folder = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    is_folder = is_folder || words[i].text == "-d" || words[i].text == "--directory";
    const bool plain = words[i].text == "-d" || words[i].text == "--directory" || words[i].text == "-q";
    if (!plain) return std::nullopt;  // another place, or a template
  }
  return is_folder ? Text(std::string(fresh_folder) + "\n") : std::nullopt;
}

Text git_printed(std::vector<Value> words, const State& state, const Surroundings& surroundings) {
  std::string where = state.directory;
  if (words.size() == 5 && words[1].text == "-C" && words[2].known) {
    where = files::join(where, words[2].text);
    words.erase(words.begin() + 1, words.begin() + 3);
  }
  if (words.size() != 3 || words[1].text != "rev-parse" || words[2].text != "--show-toplevel" ||
      !files::is_absolute(where))
    return std::nullopt;
  const auto root = surroundings.top_level(where);
  return root ? Text(*root + "\n") : std::nullopt;
}

// Sets of states: a line may end in several, because nothing is run. After eight distinct ones a ninth without a known
// folder represents the rest, so that time is bounded and the guard knows that it does not know.

constexpr std::size_t most_states = 8;

bool same(const std::optional<Value>& a, const std::optional<Value>& b) {
  return a.has_value() == b.has_value() && (!a || (a->text == b->text && a->known == b->known));
}

}  // namespace

// Changes to `directory` (none: not known). One that is not there may have been made by a program before: both ways.
Outcome Runner::enter(State state, const std::optional<std::string>& directory) {
  may_be_kept_ = true;  // also where it is followed as if it succeeded
  if (directory && directory->empty()) return succeed(std::move(state));
  const std::string path = directory ? reached(state.directory, *directory) : std::string();
  if (path.empty()) {
    state.previous = std::move(state.directory);
    state.directory.clear();
    return succeed(std::move(state));
  }
  const bool is_there = surroundings_.enters_unknown() || path == fresh_folder || surroundings_.is_directory(path);
  if (!is_there && !state.started_programs) return fail(std::move(state));
  State inside = state;
  inside.previous = std::move(inside.directory);
  inside.directory = path;
  if (is_there) return succeed(std::move(inside));
  Outcome outcome;
  outcome.success.push_back(std::move(inside));
  outcome.failure.push_back(std::move(state));
  return outcome;
}

Outcome Runner::change_directory(const Execution& execution, State state) {
  const std::vector<Value> words = operands(execution.words);
  if (words.empty()) {
    const auto home = variable("HOME", state);
    return enter(std::move(state), home && home->known ? std::optional(home->text) : std::nullopt);
  }
  if (words.front().known && words.front().text == "-") {
    std::string back = state.previous;
    return enter(std::move(state), back.empty() ? std::nullopt : std::optional(std::move(back)));
  }
  // With CDPATH a relative name may mean a directory elsewhere.
  const bool searches =
      state.find("CDPATH") != nullptr ||
      std::ranges::any_of(execution.settings, [](const Setting& setting) { return setting.name == "CDPATH"; });
  const bool known = words.front().known && !words.front().is_pattern && !searches;
  return enter(std::move(state), known ? std::optional(words.front().text) : std::nullopt);
}

// pushd DIR, pushd (which swaps the two newest) and popd. Rotations, +N, are not followed: the directory is unknown.
Outcome Runner::push_directory(const Execution& execution, State state) {
  const std::vector<Value> words = operands(execution.words);
  const bool pops = execution.words.front().text == "popd";
  const bool plain =
      words.empty() || !words.front().known || words.front().text.empty() || words.front().text[0] != '+';
  if (pops || words.empty()) {
    if (!plain || (state.stack.empty() && !state.directory.empty()))
      return plain ? fail(std::move(state)) : enter(std::move(state), std::nullopt);
    std::string back = state.stack.empty() ? std::string() : state.stack.back();
    if (!state.stack.empty()) state.stack.pop_back();
    if (!pops) state.stack.push_back(state.directory);
    return enter(std::move(state), back.empty() ? std::nullopt : std::optional(std::move(back)));
  }
  const std::string here = state.directory;
  const bool known = plain && words.front().known && !words.front().is_pattern;
  Outcome outcome = enter(std::move(state), known ? std::optional(words.front().text) : std::nullopt);
  for (State& inside : outcome.success) inside.stack.push_back(here);
  return outcome;
}

// Takes one line away from the known input, so that `while read` sees the next one; the last name gets the line's rest.
Outcome Runner::read_line(const Execution& execution, State state) {
  Input* input = execution.streams.input;
  std::vector<Value> names = operands(execution.words);
  std::erase_if(names, [](const Value& name) {
    return !name.known || name.text.empty() || !std::ranges::all_of(name.text, letters::is_word);
  });
  if (names.empty()) names.push_back({"REPLY"});
  // What is read is not known, nor whether a line was left to read.
  if (input == nullptr || !input->text) {
    for (const Value& name : names) state.set(name.text, unknown(), false);
    return either(std::move(state));
  }
  if (input->text->empty()) return fail(std::move(state));
  const std::size_t end = std::min(input->text->find('\n'), input->text->size());
  std::string line = input->text->substr(0, end);
  input->text->erase(0, end + 1);
  // Words end at blanks, whatever IFS is, and backslashes stay, as with -r.
  for (std::size_t i = 0; i < names.size(); ++i) {
    line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
    const std::size_t cut = i + 1 < names.size() ? std::min(line.find_first_of(" \t"), line.size()) : line.size();
    state.set(names[i].text, Value{line.substr(0, cut)}, false);
    line.erase(0, cut);
  }
  return succeed(std::move(state));
}

// Decides only whether a folder exists, and only while nothing has run that might have created it.
Outcome Runner::test(const Execution& execution, State state) {
  std::vector<Value> words(execution.words.begin() + 1, execution.words.end());
  if (execution.words.front().text == "[" && !words.empty()) words.pop_back();
  bool negated = false;
  if (words.size() == 3 && words.front().known && words.front().text == "!") {
    negated = true;
    words.erase(words.begin());
  }
  const bool asks = words.size() == 2 && words[0].known && words[0].text == "-d" && words[1].known;
  const std::string path = asks ? reached(state.directory, words[1].text) : std::string();
  if (path.empty()) return either(std::move(state));
  const bool is_there = surroundings_.is_directory(path);
  if (!is_there && (state.started_programs || surroundings_.enters_unknown())) return either(std::move(state));
  return is_there != negated ? succeed(std::move(state)) : fail(std::move(state));
}

void Runner::declare(std::string_view name, const Execution& execution, State& state) {
  const bool unexports = std::ranges::any_of(execution.words, [](const Value& word) { return word.text == "-n"; });
  for (const Value& word : operands(execution.words)) {
    if (!word.known) continue;
    if (name == "unset") {
      state.set(word.text, std::nullopt, false);
    } else if (const std::size_t equals = word.text.find('='); equals != std::string::npos) {
      state.set(word.text.substr(0, equals), Value{word.text.substr(equals + 1)}, name == "export");
    } else if (name == "export" && !unexports) {
      // Set again to its own value, so that it counts as exported.
      const auto value = variable(word.text, state);
      if (state.find(word.text) != nullptr) state.set(word.text, value, true);
    }
  }
}

// Records that the line may end here, so that its status says less about the commands that follow.
void Runner::note_end(const Execution& execution) {
  const bool known = execution.words.size() == 2 && execution.words[1].known && !execution.words[1].text.empty();
  const bool fails = known && execution.words[1].text.find_first_not_of('0') != std::string::npos;
  left_failing_ = true;
  left_succeeding_ = left_succeeding_ || !fails;
}

void Runner::set_options(const Execution& execution, State& state) {
  bool values = false;
  std::vector<Value> positional;
  for (std::size_t i = 1; i < execution.words.size(); ++i) {
    const Value& word = execution.words[i];
    if (values) {
      positional.push_back(word);
    } else if (word.known && word.text == "--") {
      values = true;
    } else if (word.known && word.text.size() > 1 && word.text[0] == '-') {
      state.exports_all = state.exports_all || (word.text[1] != '-' && word.text.find('a') != std::string::npos);
      state.ends_on_failure = state.ends_on_failure || word.text.find('e') != std::string::npos;
      if (word.text.back() == 'o' && i + 1 < execution.words.size()) set_named_option(execution.words[++i].text, state);
    } else if (!word.known || word.text.empty() || word.text[0] != '+') {
      values = true;
      positional.push_back(word);
    } else {
      // any option with + counts as +e and +o pipefail: the status then proves less
      state.ends_on_failure = state.pipes_fail = false;
    }
  }
  if (!values) return;
  state.positional = std::move(positional);
  state.positional_known = std::ranges::none_of(state.positional, [](const Value& value) { return value.is_list; });
}

bool Runner::builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  if (!execution.written.empty() && letters::is_one_of(name, {"echo", "printf", "pwd", ":", "true"}))
    report(execution, state);
  return control_builtin(name, execution, state, outcome) || variable_builtin(name, execution, state, outcome) ||
         text_builtin(name, execution, state, outcome);
}

bool Runner::control_builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  if (name == "cd") {
    outcome = change_directory(execution, std::move(state));
  } else if (name == "pushd" || name == "popd") {
    outcome = push_directory(execution, std::move(state));
  } else if (name == "true" || name == ":") {
    outcome = succeed(std::move(state));
  } else if (name == "false") {
    outcome = fail(std::move(state));
  } else if (name == "exit" || name == "return") {
    // No state is left, so nothing after it on the line runs.
    note_end(execution);
    outcome = {};
  } else if (name == "break") {
    if (!loops_.empty()) join(*loops_.back(), {std::move(state)});
    outcome = {};
  } else if (name == "test" || name == "[") {
    outcome = test(execution, std::move(state));
  } else {
    return false;
  }
  return true;
}

bool Runner::variable_builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  if (name == "read") {
    outcome = read_line(execution, std::move(state));
    return true;
  }
  if (letters::is_one_of(name, {"export", "declare", "typeset", "local", "readonly", "unset"})) {
    report(execution, state);  // a rule may forbid taking the guard's variables away
    declare(name, execution, state);
  } else if (name == "set") {
    set_options(execution, state);
  } else if (name == "shift") {
    if (!state.positional.empty()) state.positional.erase(state.positional.begin());
  } else if (name == "mapfile" || name == "readarray") {
    for (const Value& word : operands(execution.words)) state.set(word.text, unknown(), false);
  } else if (name == "alias" || name == "unalias") {
    for (const Value& word : operands(execution.words)) {
      const std::size_t equals = word.text.find('=');
      // unalias takes none away.
      if (word.known && equals != std::string::npos && equals > 0)
        state.aliases.insert(state.aliases.begin(), {word.text.substr(0, equals), word.text.substr(equals + 1)});
    }
  } else {
    return false;
  }
  outcome = succeed(std::move(state));
  return true;
}

bool Runner::text_builtin(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  if (name == "trap") {
    if (const auto given = operands(execution.words); given.size() > 1 && given.front().text != "-")
      traps_.push_back(script_text(given.front()));
    outcome = succeed(std::move(state));
  } else if (name == "eval") {
    outcome = evaluate(execution, std::move(state));
  } else if (name == "source" || name == ".") {
    if (execution.words.size() > 1)
      if (const auto script = known_file(execution.words[1], state)) {
        outcome = text(*script, std::move(state), execution.streams, false);
        return true;
      }
    // The file is not read; it may do what any program may.
    outcome = unfollowed(execution, std::move(state));
  } else if (letters::is_one_of(name, {"echo", "printf", "pwd", "type", "hash", "help", "umask", "wait", "jobs",
                                       "shopt", "ulimit", "times", "let", "getopts", "dirs"})) {
    if (execution.streams.output == nullptr && execution.written.empty() && surroundings_.sees_printers() &&
        (name == "echo" || name == "printf"))
      report(execution, state, Call::Kind::printer);
    if (Output* output = execution.streams.output; output != nullptr && !prints(name, execution, state)) {
      output->known = false;
      output->of_line = execution.words.size() > 1 && execution.words[1].known;
    }
    outcome =
        name == "echo" || name == "pwd" || name == "printf" ? succeed(std::move(state)) : either(std::move(state));
  } else {
    return false;
  }
  return true;
}

Outcome Runner::evaluate(Execution& execution, State state) {
  std::vector<Value>& words = execution.words;
  words.erase(words.begin());
  if (!words.empty() && words.front().known && words.front().text == "--") words.erase(words.begin());
  if (words.empty()) return succeed(std::move(state));
  // Not even the beginning is known, so there is nothing to parse.
  if (words.size() == 1 && !words.front().known && words.front().text.empty())
    return unknown_text(execution, std::move(state), words.front().is_output);
  const std::string joined = letters::joined(words, " ", [&](const Value& word) { return script_text(word); });
  return text(joined, std::move(state), execution.streams, false);
}

// Writes the program's output if it can be predicted; false: it cannot.
bool Runner::prints(std::string_view name, const Execution& execution, const State& state) {
  Output* output = execution.streams.output;
  if (output == nullptr) return false;
  const std::vector<Value>& words = execution.words;
  Text text;
  if (name == "echo")
    text = echoed(words);
  else if (name == "printf" && words.size() > 1 && words[1].known && words[1].text != "-v")
    text = formatted(words);
  else if (name == "pwd" && !state.directory.empty())
    text = state.directory + "\n";
  else if (((name == "cat" && words.size() == 1) || name == "tee") && execution.streams.input != nullptr)
    text = execution.streams.input->text;
  else if (name == "dirname" || name == "basename" || name == "realpath" || name == "readlink")
    text = path_printed(name, words, state);
  else if (name == "ls")
    text = listed(words);
  else if (name == "mktemp")
    text = temporary_folder(words);
  else if (name == "git")
    text = git_printed(words, state, surroundings_);
  if (text) output->text += *text;
  return text.has_value();
}

const Variable* State::find(std::string_view name) const {
  return letters::find_first(variables, &Variable::name, name);
}

void State::set(std::string_view name, std::optional<Value> value, bool exported) {
  for (Variable& variable : variables) {
    if (variable.name != name) continue;
    variable.exported = (variable.exported && value) || exported;
    variable.value = std::move(value);
    return;
  }
  variables.push_back({std::string(name), std::move(value), exported});
}

// States that differ only in positional parameters or started_programs go on in the same places.
bool same(const State& a, const State& b) {
  const auto same_variables = [](const Variable& x, const Variable& y) {
    return x.name == y.name && x.exported == y.exported && same(x.value, y.value);
  };
  return a.directory == b.directory && a.previous == b.previous && a.stack == b.stack &&
         a.variables.size() == b.variables.size() &&
         std::equal(a.variables.begin(), a.variables.end(), b.variables.begin(), same_variables) &&
         a.functions == b.functions && a.aliases == b.aliases && a.ends_on_failure == b.ends_on_failure &&
         a.pipes_fail == b.pipes_fail;
}

// By text alone, as `cd` without -P does it: links are not resolved. Empty: unknown.
std::string reached(const std::string& directory, const std::string& written) {
  if (written.empty() || (directory.empty() && !files::is_absolute(written))) return {};
  return files::normalise(files::join(directory, written));
}

void join(States& into, States&& more) {
  for (State& state : more) {
    const bool known = std::ranges::any_of(into, [&](const State& other) { return same(other, state); });
    if (known) continue;
    // The ninth is the one that represents the rest; without a folder no rule takes it for a place that it knows.
    if (into.size() >= most_states) state.directory.clear();
    if (into.size() <= most_states) into.push_back(std::move(state));
  }
}

void join(Outcome& into, Outcome&& more) {
  join(into.success, std::move(more.success));
  join(into.failure, std::move(more.failure));
}

States all_of(Outcome&& outcome) {
  States states = std::move(outcome.success);
  join(states, std::move(outcome.failure));
  return states;
}

}  // namespace cascade::shell
