// Decides by a table of runners and their verbs whether words run tests, after removing options and their values. The
// number of tests is read from the output: any count above zero next to a known word means that some ran; without one,
// a sentence such as "no tests ran", a count of zero or a count of skipped tests means none; else it is unknown. An
// exit status is not enough, because several runners succeed without running a test.
#include "evidence/test_run.h"

#include <algorithm>
#include <string>

#include "evidence/word_lists.h"
#include "text/ascii.h"
#include "text/word_list.h"

namespace cascade::evidence {
namespace {

bool is_python(std::string_view name) { return name.substr(0, 6) == "python"; }

// `npm run test:unit`, `yarn test:e2e`: project scripts whose names say what they do.
bool is_test_script(std::string_view name) {
  return is_in(list::test_scripts, name) || begins_with_one(list::test_script_begins, name);
}

// Options that take a separate word: `make -C dir test`, `npm --prefix dir test`.
bool takes_word(std::string_view program, std::string_view option) {
  return letters::lists("-C -f --prefix --cwd --manifest-path --project -p", option) ||
         (option == "-j" && letters::lists("make ninja", program));
}

// The call's words without options and the program itself.
std::vector<std::string_view> operands(const shell::Call& call) {
  std::vector<std::string_view> found;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string_view word = call.words[i].text;
    if (!word.empty() && word.front() == '-') {
      if (takes_word(call.program, word)) ++i;
      continue;
    }
    if (word.find('=') == std::string_view::npos) found.push_back(word);
  }
  return found;
}

bool has_word(const shell::Call& call, std::string_view word) {
  return std::any_of(call.words.begin() + 1, call.words.end(),
                     [&](const shell::Value& value) { return value.text == word; });
}

// `python -m pytest`, `python -m unittest`, `python manage.py test`
bool interprets_tests(const shell::Call& call) {
  for (std::size_t i = 1; i + 1 < call.words.size(); ++i) {
    const std::string_view word = call.words[i].text, next = call.words[i + 1].text;
    if (word == "-m") return letters::lists("pytest unittest nose2 tox nox", next);
    if (word.ends_with("manage.py")) return next == "test";
  }
  return false;
}

// The number right before `at`, with blanks between; -1: none.
long number_before(std::string_view text, std::size_t at) {
  while (at > 0 && letters::is_blank(text[at - 1])) --at;
  std::size_t begin = at;
  while (begin > 0 && letters::is_digit(text[begin - 1])) --begin;
  if (begin == at || at - begin > 9) return -1;
  return std::stol(std::string(text.substr(begin, at - begin)));
}

// The number after `at`, with blanks between; -1: none.
long number_after(std::string_view text, std::size_t at) {
  while (at < text.size() && (letters::is_blank(text[at]) || text[at] == ':')) ++at;
  std::size_t end = at;
  while (end < text.size() && letters::is_digit(text[end])) ++end;
  if (end == at || end - at > 9) return -1;
  return std::stol(std::string(text.substr(at, end - at)));
}

// go: "ok  \tpackage\t0.01s", unless it ends with "[no tests to run]".
bool has_go_package(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const bool is_package = line.substr(0, 4) == "ok  " || line.substr(0, 5) == "fail\t" || line.substr(0, 4) == "--- ";
    if (is_package && line.find("[no test") == std::string_view::npos &&
        line.find("[build failed]") == std::string_view::npos)
      return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

bool runs_tests(const shell::Call& call) {
  if (call.words.empty()) return false;
  if (std::any_of(call.words.begin() + 1, call.words.end(),
                  [](const shell::Value& word) { return is_in(list::only_talks, word.text); }))
    return false;
  const std::vector<std::string_view> words = operands(call);
  if (is_python(call.program)) return interprets_tests(call);
  const std::string_view first = words.empty() ? std::string_view() : words.front();
  if (is_in(list::package_runners, call.program)) {
    const bool runs = letters::lists("run run-script task", first);
    if (runs) return words.size() > 1 && is_test_script(words[1]);
    if (call.program == "yarn" && is_test_script(first)) return true;
  }
  return std::any_of(test_runners().begin(), test_runners().end(), [&](const TestRunner& runner) {
    if (runner.program != call.program) return false;
    if (runner.verb.empty()) return first != "help";
    return runner.verb.front() == '-' ? has_word(call, runner.verb)
                                      : std::find(words.begin(), words.end(), runner.verb) != words.end();
  });
}

TestCount tests_in(std::string_view output) {
  const std::string text = letters::to_lower(std::string(output)) + "\n";
  bool none = has_part(list::nothing_ran, text);
  bool some = false;
  const auto count = [&](long number) {
    none = none || number == 0;
    some = some || number > 0;
  };
  for (const std::string_view word : list::counted)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      count(number_before(text, at));
  for (const std::string_view word : list::counting)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      count(number_after(text, at + word.size()));
  for (const std::string_view word : list::passed_over)
    if (const std::size_t at = text.find(word); at != std::string::npos) none = none || number_before(text, at) > 0;
  if (some || has_go_package(text)) return TestCount::some;
  return none ? TestCount::none : TestCount::unknown;
}

}  // namespace cascade::evidence
