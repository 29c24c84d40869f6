// xargs and parallel, find and fd: programs that start another one for items, which they read or find. Items that are
// known and few are followed one by one, all others as one that is not known.
#include <algorithm>

#include "shell/runner.h"
#include "shell/wrapped_words.h"

namespace cascade::shell {
namespace {

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

}  // namespace

// xargs appends the words from standard input, or puts them where -I says. Up to 16 known items are followed one by
// one; more, or unknown ones, are followed as one unknown item.
Outcome Runner::arguments_from_input(Execution execution, State state) {
  constexpr Wrapper options = {"xargs", "adEILnPsj",
                               "--arg-file --delimiter --max-args --max-procs --max-lines --replace --jobs"};
  std::vector<Value>& words = execution.words;
  const bool parallel = words.front().text.find("parallel") != std::string::npos;
  std::string mark = parallel ? "{}" : "";
  std::size_t first = 1;
  while (first < words.size() && words[first].known && is_option(words[first])) {
    const std::string& option = words[first].text;
    if (option == "-I" && first + 1 < words.size()) mark = words[first + 1].text;
    if (option.size() > 2 && option.compare(0, 2, "-I") == 0) mark = option.substr(2);
    if (option == "-i" || option == "--replace") mark = "{}";
    const bool ends = option == "--";
    first += option_words(options, option);
    if (ends) break;
  }
  if (first >= words.size()) return either(std::move(state));
  drop_words(words, first);
  std::vector<Value> items = items_in(execution.streams.input, mark.empty());
  // parallel takes items from its words as well; without a command each item is one.
  const auto given =
      std::find_if(words.begin(), words.end(), [](const Value& word) { return word.known && word.text == ":::"; });
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
  const bool replaces = !mark.empty() && std::any_of(words.begin(), words.end(), [&](const Value& word) {
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
  state.started_programs = true;
  return either(std::move(state));
}

namespace {

// The folders that find (before its first test) or fd (behind its pattern) looks in, each with a slash at its end. One
// that is not known leaves nothing to be told about the names.
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

// find ... -exec COMMAND ; or +, fd ... -x COMMAND. Of the names found only the folder is known, and with -execdir the
// directory is not.
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
      const bool adds = !is_find && std::none_of(one.words.begin(), one.words.end(), [](const Value& word) {
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
  state.started_programs = true;
  return either(std::move(state));
}

}  // namespace cascade::shell
