// Whether tests are there, and pass.

#include "audit/audit.h"
#include "audit/lists.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

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
      const std::string lower = letters::to_lower(word);
      if (!is_number && !has(lists::matchers, lower)) return false;
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
  return std::ranges::any_of(texts, [&](const std::string& text) { return line.find(text) != std::string_view::npos; });
}

// "@Test", "#[test]", "[Fact]": it is about what stands below it.
bool is_annotation(std::string_view text) {
  text = letters::trim(text);
  return !text.empty() && (text.front() == '@' || text.front() == '[' || text.compare(0, 2, "#[") == 0);
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

// Whether the test that begins in this line is switched off by a mark: in the line, in annotations of its own, or in
// the first line of its body. A mark of the test before or behind it is not its own.
bool is_skipped(const std::vector<letters::Line>& lines, std::size_t at, const std::vector<std::string>& begins,
                const std::vector<std::string>& marks) {
  std::vector<std::string> annotations;
  std::ranges::copy_if(marks, std::back_inserter(annotations), is_annotation);
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
    const TestLine line{lines[i], i == 0 ? std::string_view() : std::string_view(lines[i - 1])};
    checks = std::ranges::any_of(checking.assertions,
                                 [&](const std::string& text) { return checks_something(line, text, checking); }) ||
             std::ranges::any_of(checking.failures, [&](const std::string& text) { return is_reached(line, text); });
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

// The files that hold real tests, with the line where the first one begins.
std::vector<Place> real_tests(const Subject& subject, const Package& package) {
  std::vector<Place> tests;
  const auto look = [&](const std::string& path, std::string_view ecosystem) {
    if (const std::uint32_t line = real_test_in(subject, ecosystem, path); line > 0) tests.push_back({path, line});
  };
  for (const std::string& path : package.tests) look(path, package.ecosystem);
  for (const OtherTest& other : package.other_tests) look(other.path, other.ecosystem);
  return tests;
}

// Whether the tools of the ecosystem run tests without being told how.
bool fits_default(const Subject& subject, const Package& package) {
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "default")) {
    const auto clauses = clauses_of(row->value);
    if (row->subject == "test" &&
        (clauses.size() < 2 || !subject.repository.matching(package.folder, parts_of(clauses[1])).empty()))
      return true;
  }
  return false;
}

Level with_runs(const Subject& subject, const Package& package, Finding& finding) {
  const Run* run = run_for(subject, package, "test");
  if (run == nullptr) return finding.lacking(Level::consistent, "the tests were not run here: cascade audit --run");
  finding.show_run(*run);
  if (run->is_flaky()) {
    const auto failed = std::ranges::count_if(run->attempts, [](const Attempt& one) { return !one.passed(); });
    return finding.lacking(Level::consistent, "the tests are flaky: " + std::to_string(failed) + " of " +
                                                  std::to_string(run->attempts.size()) +
                                                  " runs of the same files failed");
  }
  if (run->ran_no_test) return finding.lacking(Level::present, "the run says that no test ran");
  if (!run->passed()) return finding.lacking(Level::present, "the tests fail");
  return Level::shown;
}

}  // namespace

Level suite(const Subject& subject, const Package& package, Finding& finding) {
  const std::vector<Place> tests = real_tests(subject, package);
  auto declared = declared_for(subject, package, "test");
  // Without an ecosystem only a script that starts something counts.
  if (package.ecosystem.empty() && declared && declared->judged.is_hollow()) declared.reset();
  std::string hidden;
  if (declared && !declared->counts) {
    hidden = declared->line + " hides its failure, so it does not count";
    finding.at = declared->place;
    declared.reset();
  }
  if (tests.empty()) {
    const bool scripts_alone = package.ecosystem.empty() && declared.has_value();
    if (!scripts_alone) {
      finding.lacks = package.has_tests() ? "no file in the place of tests checks anything" : "there are no tests";
      if (!package.tests.empty()) finding.at = Place{package.tests.front(), 1};
      return Level::absent;
    }
    finding.show(declared->place, declared->line);
    return with_runs(subject, package, finding);
  }
  finding.show(tests.front(),
               std::to_string(tests.size()) + (tests.size() == 1 ? " file tests something" : " files test something"));
  const CiStep* step = step_for(subject, "test", &package);
  if (!declared && step == nullptr && !fits_default(subject, package)) {
    finding.lacks = hidden.empty() ? "no command of the repository runs them" : hidden;
    if (!finding.at) finding.at = package.manifest.empty() ? tests.front() : Place{package.manifest, 1};
    return Level::present;
  }
  if (declared)
    finding.show(declared->place,
                 declared->line + (declared->tool == "task" ? " runs them" : " starts " + declared->tool));
  else if (step != nullptr)
    finding.show(line_of_step(subject, *step, "test").place, "CI runs them");
  else
    finding.show({package.manifest, 1}, "its tools run them");
  return with_runs(subject, package, finding);
}

Level regressions(const Subject& subject, const Package&, Finding& finding) {
  finding.applies = false;
  if (!subject.past) return finding.lacking(Level::absent, "there is no history to show that mended faults got tests");
  std::set<std::string> tests;
  for (const Package& package : subject.packages) {
    tests.insert(package.tests.begin(), package.tests.end());
    for (const OtherTest& other : package.other_tests) tests.insert(other.path);
  }
  constexpr std::size_t least_fixes = 4;  // of fewer a share says nothing
  std::size_t fixes = 0, tested = 0;
  std::string first;
  for (const PastCommit& commit : subject.past->commits) {
    if (fixes == 20) break;
    if (commit.is_merge || commit.is_bot || !is_fix(commit.subject)) continue;
    ++fixes;
    const bool with_test =
        std::ranges::any_of(commit.paths, [&](const std::string& path) { return tests.count(path) > 0; });
    tested += with_test ? 1 : 0;
    if (with_test && first.empty()) first = commit.id;
  }
  if (fixes < least_fixes) return finding.lacking(Level::absent, "fewer than four commits say that they mend a fault");
  finding.applies = true;
  const std::string share =
      std::to_string(tested) + " of the last " + std::to_string(fixes) + " commits that mend a fault";
  if (tested == 0)
    return finding.lacking(Level::absent,
                           "none of the last " + std::to_string(fixes) + " commits that mend a fault changes a test");
  finding.show_commit(first, share + " change a test");
  finding.lacks = "only " + share + " change a test";
  if (3 * tested < fixes) return Level::present;
  if (2 * tested < fixes) return Level::consistent;
  finding.lacks.clear();
  return Level::shown;
}

}  // namespace cascade::audit::judges
