// Decides by a table of runners and their verbs whether words run tests, after removing options and their values. The
// number of tests is read from the output: any count above zero next to a known word means that some ran; without one,
// a sentence such as "no tests ran", a count of zero or a count of skipped tests means none; else it is unknown. An
// exit status is not enough, because several runners succeed without running a test.
#include "evidence/test_run.h"

#include <algorithm>
#include <array>
#include <string>

#include "evidence/word_lists.h"
#include "text/ascii.h"

namespace cascade::evidence {
namespace {

bool is_python(std::string_view name) { return name.substr(0, 6) == "python"; }

// `npm run test:unit`, `yarn test:e2e`: project scripts whose names say what they do.
bool is_test_script(std::string_view name) {
  return name == "test" || name == "tests" || name == "check" || name == "spec" || name.substr(0, 5) == "test:" ||
         name.substr(0, 5) == "test-" || name.substr(0, 5) == "spec:" || name == "e2e" || name.substr(0, 4) == "e2e:";
}

bool is_package_runner(std::string_view name) {
  return name == "npm" || name == "pnpm" || name == "yarn" || name == "bun" || name == "composer" || name == "deno";
}

// Options that take a separate word: `make -C dir test`, `npm --prefix dir test`.
bool takes_word(std::string_view program, std::string_view option) {
  const bool names_folder = option == "-C" || option == "-f" || option == "--prefix" || option == "--cwd" ||
                            option == "--manifest-path" || option == "--project" || option == "-p";
  return names_folder || ((program == "make" || program == "ninja") && option == "-j");
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
    if (word == "-m")
      return next == "pytest" || next == "unittest" || next == "nose2" || next == "tox" || next == "nox";
    if (word.size() >= 9 && word.substr(word.size() - 9) == "manage.py") return next == "test";
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

// Messages of runners that ran no test.
constexpr std::array<std::string_view, 18> nothing_ran = {
    "could not compile",    "error during collection", "no tests ran",        "no tests found",
    "no tests were found",  "no test files",           "no tests to run",     "no tests executed",
    "no test is available", "no tests were executed",  "no test suite found", "no test found",
    "ran 0 tests",          "no test specified",       "missing script",      "no rule to make",
    "no test files found",  "errors during collection"};

// Words after, or before, the number of tests that ran.
constexpr std::array<std::string_view, 11> counted = {" passed",     " passing",         " pass\n",   " failed",
                                                      " failing",    " fail\n",          " examples", " example",
                                                      " assertions", " tests completed", " scenarios"};
constexpr std::array<std::string_view, 7> counting = {
    "tests run:", "ran ", "# pass ", "# fail ", "\xE2\x84\xB9 pass ", "\xE2\x84\xB9 fail ", "tests passed:"};
// Words after the number of tests that did not run.
constexpr std::array<std::string_view, 3> passed_over = {" skipped", " deselected", " filtered out"};

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
  bool talks = false;
  each_word_of(List::only_talks, [&](std::string_view word) { talks = talks || has_word(call, word); });
  if (talks) return false;
  const std::vector<std::string_view> words = operands(call);
  if (is_python(call.program)) return interprets_tests(call);
  const std::string_view first = words.empty() ? std::string_view() : words.front();
  if (is_package_runner(call.program)) {
    const bool runs = first == "run" || first == "run-script" || first == "task";
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
  bool none = std::any_of(nothing_ran.begin(), nothing_ran.end(),
                          [&](std::string_view said) { return text.find(said) != std::string::npos; });
  bool some = false;
  const auto count = [&](long number) {
    none = none || number == 0;
    some = some || number > 0;
  };
  for (const std::string_view word : counted)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      count(number_before(text, at));
  for (const std::string_view word : counting)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      count(number_after(text, at + word.size()));
  for (const std::string_view word : passed_over)
    if (const std::size_t at = text.find(word); at != std::string::npos) none = none || number_before(text, at) > 0;
  if (some || has_go_package(text)) return TestCount::some;
  return none ? TestCount::none : TestCount::unknown;
}

}  // namespace cascade::evidence
