#include "audit/real_tests.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "audit/command_words.h"
#include "audit/lists.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

bool is_matcher(std::string_view word) { return has(lists::matchers, letters::to_lower(word)); }

// Whether what follows an assertion compares literals alone: True, (1, 1), (true).toBe(true). What the next line goes
// on with is not known.
bool is_tautology(std::string_view rest) {
  rest = letters::trim(rest);
  if (!rest.empty() && std::string_view(",(=<>&|+").find(rest.back()) != std::string_view::npos) return false;
  std::string word;
  char quote = 0;
  bool has_literal = false;
  for (std::size_t i = 0; i <= rest.size(); ++i) {
    const char c = i < rest.size() ? rest[i] : ' ';
    if (quote != 0) {
      if (c == quote) quote = 0;
      continue;
    }
    if (letters::is_word(c)) {
      word += c;
      continue;
    }
    if (!word.empty()) {
      const bool is_number = letters::is_digit(word.front());
      if (!is_number && !is_matcher(word)) return false;
      const std::string lower = letters::to_lower(word);
      has_literal = has_literal || is_number || lower == "true" || lower == "false";
      word.clear();
    }
    if (c == '"' || c == '\'' || c == '`') quote = c;
    if (c == '#' || (c == '/' && i + 1 < rest.size() && rest[i + 1] == '/')) break;
  }
  return has_literal;
}

// How an ecosystem writes what tests check.
struct Checking {
  std::vector<std::string> assertions, failures, pipes;
};

// A line with the one before it: a pipe may begin a line.
struct TestLine {
  std::string_view text, before;
};

// Whether a line checks something with this assertion, rather than mentioning, importing or comparing literals. Behind
// a pipe, and where the assertion is a method, what is checked stands before it.
bool checks_something(const TestLine& line, std::string_view assertion, const Checking& checking) {
  const std::string_view text = letters::trim(line.text);
  const bool is_comment =
      text.compare(0, 2, "//") == 0 || (text.front() == '#' && text.compare(0, 2, "#[") != 0) || text.front() == '*';
  const bool is_import = text.compare(0, 6, "import") == 0 || text.compare(0, 5, "from ") == 0 ||
                         text.compare(0, 6, "const ") == 0 || text.compare(0, 4, "use ") == 0;
  const std::size_t at = text.find(assertion);
  if (is_comment || is_import || at == std::string_view::npos) return false;
  std::string_view before = letters::trim(text.substr(0, at));
  bool is_behind = assertion.front() == '.';
  for (const std::string& pipe : checking.pipes) {
    if (before.size() < pipe.size() || before.substr(before.size() - pipe.size()) != pipe) continue;
    before = letters::trim(before.substr(0, before.size() - pipe.size()));
    is_behind = true;
  }
  std::string checked(text.substr(at + assertion.size()));
  if (is_behind) checked = std::string(before.empty() ? letters::trim(line.before) : before) + " " + checked;
  return !is_tautology(checked);
}

// Whether a line that is no comment holds what fails a test.
bool is_reached(const TestLine& line, std::string_view failure) {
  const std::string_view text = letters::trim(line.text);
  return text.compare(0, 2, "//") != 0 && text.front() != '#' && text.front() != '*' &&
         text.find(failure) != std::string_view::npos;
}

bool has_one(std::string_view line, const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return line.find(text) != std::string_view::npos; });
}

// "@Test", "#[test]", "[Fact]": it is about what stands below it.
bool is_annotation(std::string_view text) {
  text = letters::trim(text);
  return !text.empty() && (text.front() == '@' || text.front() == '[' || text.compare(0, 2, "#[") == 0);
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

// Whether the test that begins in this line is switched off by a mark: in the line, in annotations of its own, or in
// the first line of its body. A mark of the test before or behind it is not its own.
bool is_skipped(const std::vector<std::string_view>& lines, std::size_t at, const std::vector<std::string>& begins,
                const std::vector<std::string>& marks) {
  std::vector<std::string> annotations;
  std::copy_if(marks.begin(), marks.end(), std::back_inserter(annotations), is_annotation);
  if (has_one(lines[at], marks)) return true;
  for (std::size_t i = at; i-- > 0 && at - i <= 2;) {
    if (!is_annotation(lines[i]) && has_one(lines[i], begins)) break;
    if (has_one(lines[i], annotations)) return true;
  }
  if (at + 1 == lines.size()) return false;
  return has_one(lines[at + 1], annotations)
             ? is_annotation(lines[at])
             : indent_of(lines[at + 1]) > indent_of(lines[at]) && has_one(lines[at + 1], marks);
}

// The first line of a file that begins a test; 0: none, or it checks nothing.
std::uint32_t real_test_in(const Subject& subject, std::string_view ecosystem, const std::string& path) {
  const auto lines = lines_of(subject.repository.text(path));
  const Checking checking{subjects_of(subject.rows, ecosystem, "assertion"),
                          subjects_of(subject.rows, ecosystem, "failure"),
                          subjects_of(subject.rows, ecosystem, "piped")};
  bool checks = false;
  for (std::size_t i = 0; i < lines.size() && !checks; ++i) {
    if (letters::trim(lines[i]).empty()) continue;
    const TestLine line{lines[i], i == 0 ? std::string_view() : lines[i - 1]};
    checks = std::any_of(checking.assertions.begin(), checking.assertions.end(),
                         [&](const std::string& text) { return checks_something(line, text, checking); }) ||
             std::any_of(checking.failures.begin(), checking.failures.end(),
                         [&](const std::string& text) { return is_reached(line, text); });
  }
  if (!checks) return 0;
  const auto begins = subjects_of(subject.rows, ecosystem, "case");
  const auto marks = subjects_of(subject.rows, ecosystem, "skipped");
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const std::string& begin : begins)
      if (lines[i].find(begin) != std::string_view::npos && !is_skipped(lines, i, begins, marks))
        return static_cast<std::uint32_t>(i) + 1;
  return 0;
}

}  // namespace

std::vector<Place> real_tests(const Subject& subject, const Package& package) {
  std::vector<Place> tests;
  const auto look = [&](const std::string& path, std::string_view ecosystem) {
    if (const std::uint32_t line = real_test_in(subject, ecosystem, path); line > 0) tests.push_back({path, line});
  };
  for (const std::string& path : package.tests) look(path, package.ecosystem);
  for (const OtherTest& other : package.other_tests) look(other.path, other.ecosystem);
  return tests;
}

}  // namespace cascade::audit
