// Programs that start the program named in their words: sudo, env, timeout, shells. The command that is left goes back
// to the runner, so that wrappers nest in any order. wrapper_rows.tsv has those that differ only in their options.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "shell/runner.h"
#include "shell/wrapper_rows.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::shell {
namespace {

// `count` may be greater than the number of words: an option at the end of the line lacks its value.
void drop_words(std::vector<Value>& words, std::size_t count) {
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(count, words.size())));
}

State with_settings(State state, const Execution& execution) {
  if (execution.clears_environment)
    for (Variable& variable : state.variables) variable.exported = false;
  for (const Setting& setting : execution.settings) state.set(setting.name, setting.value, setting.value.has_value());
  return state;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  if (what.empty()) return text;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

void put_item(std::vector<Value>& words, const std::string& mark, const Value& by) {
  for (Value& word : words) {
    if (!word.known || word.text.find(mark) == std::string::npos) continue;
    if (by.known)
      word.text = replaced(word.text, mark, by.text);
    else {
      word = unknown(word.text.substr(0, word.text.find(mark)) + by.text, replaced(word.text, mark, "${_}"));
      word.is_item = true;
    }
  }
}

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

// xargs, parallel, find and fd. Known and few items are followed one by one, all others as one that is not known.

// The items in standard input, as far as it is known and short: words, or lines. Quotes are not resolved.
std::vector<Value> items_in(const Input* input, bool words) {
  std::vector<Value> items;
  if (input == nullptr || !input->text || input->text->size() >= 4096) return items;
  const std::string_view separators = words ? " \t\n" : "\n";
  for (std::size_t at = 0; at < input->text->size();) {
    const std::size_t end = std::min(input->text->find_first_of(separators, at), input->text->size());
    if (end > at) items.push_back({input->text->substr(at, end - at)});
    at = end + 1;
  }
  return items;
}

// One item for each folder that the names in standard input lie in, or one for anything.
std::vector<Value> any_items(const Input* input, bool is_list) {
  std::vector<Value> items;
  if (input != nullptr)
    for (const std::string& folder : input->folders) items.push_back(unknown(folder));
  if (items.empty()) items.push_back(unknown());
  for (Value& item : items) {
    item.is_list = is_list;
    item.is_item = true;
  }
  return items;
}

// The folders that find (before its first test) or fd (behind its pattern) looks in, with a slash; none: not known.
std::vector<std::string> searched(const std::vector<Value>& words, bool is_find, const std::string& directory) {
  std::vector<std::string> folders;
  std::size_t skipped = is_find ? 0 : 1;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& text = words[i].text;
    const bool is_setting = is_find && (text == "-H" || text == "-L" || text == "-P" || text.starts_with("-O"));
    if (is_setting) continue;
    if (is_option(words[i]) || text == "(" || text == "!") {
      if (is_find || text == "-x" || text == "-X" || text.starts_with("--exec")) break;
      continue;
    }
    if (skipped > 0) {
      --skipped;
      continue;
    }
    const std::string folder = words[i].known && !words[i].is_pattern ? reached(directory, text) : std::string();
    if (folder.empty()) return {};
    folders.push_back(folder == "/" ? folder : folder + "/");
  }
  if (folders.empty() && !directory.empty()) folders.push_back(directory + "/");
  constexpr std::size_t most = 8;
  return folders.size() <= most ? folders : std::vector<std::string>();
}

}  // namespace

bool Runner::wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  // These may run their program many times or not at all.
  if (letters::is_one_of(name, {"xargs", "parallel", "find", "fd", "fdfind", "watch"}) &&
      (bearing_.success || bearing_.failure || bearing_.passed)) {
    // The line's status then proves nothing about a single run. find passes a failure on behind + alone.
    const bool passes_on =
        name != "watch" && (name != "find" || (!execution.words.empty() && execution.words.back().text == "+"));
    return bearing({false, false, false, bearing_.fatal && passes_on},
                   [&] { return wrapper(name, execution, state, outcome); });
  }
  if (letters::is_one_of(name, {"sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "rbash", "yash"}))
    outcome = shell(std::move(execution), std::move(state));
  else if (name == "pwsh" || name == "powershell")
    outcome = power_shell(std::move(execution), std::move(state));
  else if (name == "env")
    outcome = environment(std::move(execution), std::move(state), 1);
  else if (name == "xargs" || name == "parallel")
    outcome = arguments_from_input(std::move(execution), std::move(state));
  else if (name == "find" || name == "fd" || name == "fdfind")
    outcome = find(std::move(execution), std::move(state));
  else
    return text_wrapper(name, execution, state, outcome) || options_wrapper(name, execution, state, outcome);
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
  while (first < words.size() && is_option(words[first]))
    first += option_words(options.letters, options.names, words[first].text);
  if (name == "flock") ++first;
  // su without -c starts a shell that waits for somebody to type.
  if (name == "su" || first >= words.size()) return false;
  drop_words(words, first);
  if (name == "watch") {  // watch passes its words to a shell as one text
    const std::string line = letters::joined(words, " ", [&](const Value& word) { return script_text(word); });
    outcome = text(line, with_settings(std::move(state), execution), execution.streams, true);
    return true;
  }
  outcome = execute(std::move(execution), std::move(state));
  return true;
}

bool Runner::options_wrapper(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  std::vector<Value>& words = execution.words;
  const Wrapper* wrapper = letters::find_first(wrapper_rows::wrappers, &Wrapper::name, name);
  if (wrapper == nullptr) wrapper = letters::find_first(wrapper_rows::project_runners, &Wrapper::name, name);
  if (wrapper == nullptr) return false;
  // command -v only prints where a program is.
  if (name == "command" && words.size() > 1 && words[1].known && (words[1].text == "-v" || words[1].text == "-V"))
    return false;
  std::size_t first = 1;
  // Another subcommand, as in `npm install`, starts no program that is named in the words.
  if (!wrapper->verb.empty() && (words.size() < 2 || words[first++].text != wrapper->verb)) return false;
  std::optional<std::string> directory;  // where sudo -D and -i run their program; empty: it is not known
  while (first < words.size() && is_known_option(words[first])) {
    const std::string& option = words[first].text;
    if (name == "sudo" && letters::lists("-i --login", option)) directory.emplace();
    if (name == "sudo" && option.starts_with("--chdir=")) directory = option.substr(8);
    if (name == "sudo" && letters::lists("-D --chdir", option) && first + 1 < words.size())
      directory = words[first + 1].known ? words[first + 1].text : std::string();
    if (name == "exec" && option[1] != '-' && option.find('c') != std::string::npos)
      execution.clears_environment = true;
    const bool ends = option == "--";
    first += option_words(wrapper->letters, wrapper->names, option);
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
      for (const Value& word : rest) line += " " + single_quoted(script_text(word));
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
  return unfollowed(execution, std::move(state), from_program ? Call::Kind::output : Call::Kind::text);
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
    if (!script) return unfollowed(execution, std::move(state));
    static_cast<void>(text(*script, with_settings(state, execution), execution.streams, true));
    return ran(std::move(state));
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
  inside.positional_known = std::ranges::none_of(inside.positional, [](const Value& value) { return value.is_list; });
  static_cast<void>(text(script_text(script), std::move(inside), execution.streams, true));
  return ran(std::move(state));
}

// pwsh -Command TEXT..., -File SCRIPT, -EncodedCommand. Options may be cut short, and be in any letters.
Outcome Runner::power_shell(Execution execution, State state) {
  const std::vector<Value>& words = execution.words;
  std::string line;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string option = letters::to_lower(words[i].text);
    const auto means = [&](std::string_view whole) { return option.size() > 1 && whole.starts_with(option); };
    if (is_option(words[i]) && means("-encodedcommand"))
      return unknown_text(std::move(execution), std::move(state), false);
    if (!is_option(words[i]) || means("-file")) {
      const std::size_t file = i + (is_option(words[i]) ? 1 : 0);
      if (file < words.size()) line = known_file(words[file], state).value_or("");
      break;
    }
    if (!means("-command")) continue;
    for (++i; i < words.size(); ++i) line += script_text(words[i]) + " ";
  }
  if (const Input* input = execution.streams.input; line.empty() && words.size() < 2 && input != nullptr && input->text)
    line = *input->text;
  report(execution, state);
  static_cast<void>(text(from_power_shell(line), with_settings(state, execution), execution.streams, true));
  return ran(std::move(state));
}

// `... | sh`: the text that is piped in is the script. Unknown text is reported as such, since nobody can have read it.
Outcome Runner::shell_input(const Execution& execution, State state) {
  const Input* input = execution.streams.input;
  if (input == nullptr) return either(std::move(state));
  if (!input->text) return unknown_text(execution, std::move(state), !input->of_line);
  static_cast<void>(text(*input->text, with_settings(state, execution), {nullptr, execution.streams.output}, true));
  return ran(std::move(state));
}

// xargs appends the words from standard input, or puts them where -I says.
Outcome Runner::arguments_from_input(Execution execution, State state) {
  constexpr Wrapper options = {"xargs", "adEILnPsj",
                               "--arg-file --delimiter --max-args --max-procs --max-lines --replace --jobs"};
  std::vector<Value>& words = execution.words;
  const bool parallel = words.front().text.find("parallel") != std::string::npos;
  std::string mark = parallel ? "{}" : "";
  std::size_t first = 1;
  while (first < words.size() && is_known_option(words[first])) {
    const std::string& option = words[first].text;
    if (option == "-I" && first + 1 < words.size()) mark = words[first + 1].text;
    if (option.size() > 2 && option.compare(0, 2, "-I") == 0) mark = option.substr(2);
    if (option == "-i" || option == "--replace") mark = "{}";
    const bool ends = option == "--";
    first += option_words(options.letters, options.names, option);
    if (ends) break;
  }
  if (first >= words.size()) return either(std::move(state));
  drop_words(words, first);
  std::vector<Value> items = items_in(execution.streams.input, mark.empty());
  // parallel takes items from its words as well; without a command each item is one.
  const auto given = std::ranges::find_if(words, [](const Value& word) { return word.known && word.text == ":::"; });
  if (parallel && given != words.end()) {
    items.assign(given + 1, words.end());
    const bool has_command = given != words.begin();
    words.erase(given, words.end());
    if (!has_command) {
      for (const Value& item : items)
        static_cast<void>(text(script_text(item), with_settings(state, execution), execution.streams, true));
      return either(std::move(state));
    }
  }
  if (items.empty() || items.size() > 16) items = any_items(execution.streams.input, mark.empty());
  // The items have used it up; what xargs starts reads /dev/null.
  execution.streams.input = nullptr;
  const bool replaces = !mark.empty() && std::ranges::any_of(words, [&](const Value& word) {
    return word.text.find(mark) != std::string::npos;
  });
  if (!replaces) {
    words.insert(words.end(), items.begin(), items.end());
    static_cast<void>(execute(std::move(execution), state));
  } else {
    for (const Value& item : items) {
      Execution one = execution;
      put_item(one.words, mark, item);
      static_cast<void>(execute(std::move(one), state));
    }
  }
  return ran(std::move(state));
}

// find ... -exec COMMAND ; or +, fd ... -x COMMAND. Of the names only the folder is known; with -execdir not even it.
Outcome Runner::find(Execution execution, State state) {
  const std::vector<Value> words = std::move(execution.words);
  // find is reported as a program of its own, too: -delete removes files without starting another.
  execution.words = words;
  report(execution, state);
  const bool is_find = words.front().text.find("fd") == std::string::npos;
  const std::vector<std::string> folders = searched(words, is_find, state.directory);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& option = words[i].text;
    const bool runs = is_find ? option == "-exec" || option == "-execdir" || option == "-ok" || option == "-okdir"
                              : option == "-x" || option == "-X" || option == "--exec" || option == "--exec-batch";
    if (!runs || !words[i].known) continue;
    Execution inner;
    inner.settings = execution.settings;
    while (++i < words.size() && words[i].text != ";" && (words[i].text != "+" || !is_find))
      inner.words.push_back(words[i]);
    State there = state;
    if (option == "-execdir" || option == "-okdir") there.directory.clear();
    for (const std::string& folder : folders.empty() ? std::vector<std::string>{""} : folders) {
      Execution one = inner;
      const bool adds = !is_find && std::ranges::none_of(one.words, [](const Value& word) {
        return word.text.find("{}") != std::string::npos;
      });
      if (adds) one.words.push_back({"{}"});  // fd puts the name behind the words
      put_item(one.words, "{}", unknown(folder));
      static_cast<void>(execute(std::move(one), there));
    }
  }
  if (Output* output = execution.streams.output; output != nullptr) {
    output->known = false;
    output->folders = folders;
  }
  return ran(std::move(state));
}

}  // namespace cascade::shell
