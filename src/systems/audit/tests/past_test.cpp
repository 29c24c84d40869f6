// Checks that ask the history: what share of commits shows, and from which share on.
#include "audit/repository.h"
#include "audit/tests/audited.h"

namespace cascade::audit {
namespace {

using Files = std::map<std::string, std::string>;

const Files ledger = {{"pyproject.toml", "[project]\nname = \"a\"\nversion = \"1.2.0\"\n"},
                      {"a/book.py", "def b():\n    return 1\n"},
                      {"tests/test_book.py", "from a.book import b\n\n\ndef test_b():\n    assert b() == 1\n"}};

PastCommit commit(const std::string& subject, std::vector<std::string> paths = {}) {
  PastCommit made;
  made.id = "c" + subject;
  made.subject = subject;
  made.paths = std::move(paths);
  return made;
}

std::string judged(const Past& past, std::string_view id, const Files& more = {}) {
  Files files = ledger;
  for (const auto& [path, text] : more) files[path] = text;
  Around around;
  around.past = past;
  const Report report = audited(files, known_rows(), around);
  const Judgement& one = judgement_of(report, id);
  const std::string text =
      std::string(to_string(one.level)) + (one.finding.lacks.empty() ? "" : ": ") + one.finding.lacks;
  return one.finding.applies ? text : "not asked: " + one.finding.lacks;
}

std::string regressions(int fixes, int tested) {
  Past past;
  for (int i = 0; i < fixes; ++i)
    past.commits.push_back(commit("Fix it", {"a/book.py", i < tested ? "tests/test_book.py" : "README"}));
  return judged(past, "tests/regressions");
}

TEST_CASE("regressions: of fewer than four commits that mend a fault nothing is asked, of more a third and a half") {
  CHECK(regressions(0, 0) == "not asked: fewer than four commits say that they mend a fault");
  CHECK(regressions(3, 3) == "not asked: fewer than four commits say that they mend a fault");
  CHECK(regressions(4, 0) == "absent: none of the last 4 commits that mend a fault changes a test");
  CHECK(regressions(4, 1) == "present: only 1 of the last 4 commits that mend a fault change a test");
  CHECK(regressions(6, 2).starts_with("consistent: only 2 of the last 6"));
  CHECK(regressions(4, 2) == "shown");
  CHECK(regressions(30, 6).starts_with("present: only 6 of the last 20"));  // the newest twenty
  CHECK(regressions(30, 10) == "shown");
}

TEST_CASE("regressions: merges and bots mend nothing here, nor does who mends a word") {
  Past past;
  for (const char* subject : {"Fix it", "Repairs it", "Mends the lock", "hotfix: b", "Fix a crash in typography"})
    past.commits.push_back(commit(subject, {"tests/test_book.py"}));
  CHECK(judged(past, "tests/regressions") == "shown");
  past.commits[0].is_merge = true;
  past.commits[1].is_bot = true;
  CHECK(judged(past, "tests/regressions").starts_with("not asked"));
  for (const char* subject : {"Fix typos", "fix a typo.", "Fixup of a test", "Fixing it", "Prefix names", "Repairing"})
    past.commits.push_back(commit(subject));
  CHECK(judged(past, "tests/regressions").starts_with("not asked"));
}

TEST_CASE("reviews: a quarter is some, half of at least four commits shows them") {
  const auto reviews = [](int all, int reviewed, const Files& more = {}) {
    Past past;
    for (int i = 0; i < all; ++i) {
      past.commits.push_back(commit("Change " + std::to_string(i)));
      past.commits.back().is_reviewed = i < reviewed;
    }
    return judged(past, "assimilation/reviews", more);
  };
  const Files asks = {{"CONTRIBUTING.md", "# Contributing\n\nEvery change must be reviewed by another person.\n"}};
  CHECK(reviews(8, 0) == "absent: no document asks for a review, and no commit shows one");
  CHECK(reviews(8, 0, asks) == "present: no commit shows a review by somebody else");
  CHECK(reviews(8, 1).starts_with("present: only 1 of the newest 8 commits"));
  CHECK(reviews(8, 1, asks).starts_with("consistent"));
  CHECK(reviews(8, 2).starts_with("consistent"));
  CHECK(reviews(8, 3).starts_with("consistent"));
  CHECK(reviews(8, 4) == "shown");
  CHECK(reviews(3, 3).starts_with("consistent"));  // too few
  CHECK(reviews(300, 100) == "shown");             // of the newest 200
}

TEST_CASE("owners: shown where half of the lines are by people who are still there, from ten commits on") {
  const auto owners = [](std::size_t commits, std::uint64_t standing, std::uint64_t active) {
    Past past;
    past.commits.assign(commits, commit("Change"));
    past.standing_lines = standing;
    past.active_lines = active;
    past.active_example = "c";
    return judged(past, "assimilation/owners", {{"CODEOWNERS", "* @ann\n"}});
  };
  CHECK(owners(10, 100, 50) == "shown");
  CHECK(owners(10, 101, 50).starts_with("consistent"));
  CHECK(owners(9, 100, 100).starts_with("consistent"));
  CHECK(owners(10, 0, 0).starts_with("consistent"));
}

TEST_CASE("locks: a dependency is locked by its whole name, however that is spelt") {
  const auto missing = [](const std::string& name, const std::string& lock) {
    const Past past;
    return judged(past, "environment/locks",
                  {{"pyproject.toml", "[project]\nname = \"a\"\ndependencies = [\"" + name + "\", \"other\"]\n"},
                   {"uv.lock", lock + "name = \"other\"\n"}}) == "present: uv.lock does not have " + name;
  };
  CHECK_FALSE(missing("left", "name = \"left\"\n"));
  CHECK_FALSE(missing("left", "left-1.0.0.tar.gz\n"));
  CHECK_FALSE(missing("ruamel.yaml", "name = \"ruamel-yaml\"\n"));
  CHECK_FALSE(missing("Left_Pad", "name = \"left-pad\"\n"));
  CHECK_FALSE(missing("left", "name = \"left-pad\"\nname = \"left\"\n"));
  for (const char* lock : {"", "name = \"left-pad\"\n", "name = \"ledger-left\"\n", "name = \"leftover\"\n",
                           "name = \"lef\"\n", "name = \"left.pad\"\n", "name = \"left2\"\n"})
    CHECK((missing("left", lock) ? "" : lock) == std::string());
}

TEST_CASE("words of a document's own: without headings, front matter, comments, badges and what holds a place") {
  CHECK(count_own_words("") == 0);
  CHECK(count_own_words("# Title\n\none two\n![a badge](x)\n[![b](c)](d)\nTODO: say more\n") == 2);
  CHECK(count_own_words("---\nname: x y z\n---\none two\n") == 2);
  CHECK(count_own_words("---\none two three\n") == 3);  // a rule, as nothing ends it
  CHECK(count_own_words("one\n---\ntwo\n---\n") == 2);
  CHECK(count_own_words("one <!-- two\nthree\n--> four\nfive\n") == 3);
  CHECK(count_own_words("<!-- one --> two\n<!-- never closed\nthree\n") == 1);
  CHECK(count_own_words("don't \xc3\xbc\xc3\xa4 well-known\r\n") == 5);
}

TEST_CASE("CI: constants between brackets, and lines of a Jenkinsfile that are comments") {
  const auto tested = [](const std::string& path, const std::string& text) {
    const Past past;
    return judged(past, "integration/tests", {{path, text}}).starts_with("consistent");
  };
  const auto step = [&](const std::string& more) {
    return tested(".github/workflows/ci.yml",
                  "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: pytest\n" +
                      (more.empty() ? "" : "        " + more + "\n"));
  };
  CHECK(step(""));
  for (const char* more : {"continue-on-error: false", "continue-on-error: ${{ false }}", "if: true", "if: ${{ true }}",
                           "if: github.ref == 'false'", "continue-on-error: ${{ matrix.may_fail }}"})
    CHECK((step(more) ? "" : more) == std::string());
  for (const char* more : {"continue-on-error: true", "continue-on-error: ${{ true }}",
                           "continue-on-error: \"${{true}}\"", "if: false", "if: ${{ FALSE }}"})
    CHECK((step(more) ? more : "") == std::string());
  for (const char* line : {"sh 'pytest'", "sh \"pytest\"", "sh('pytest')", "sh 'echo http://x'; sh 'pytest'"})
    CHECK((tested("Jenkinsfile", "stage('t') {\n  " + std::string(line) + "\n}\n") ? "" : line) == std::string());
  for (const char* line :
       {"// sh 'pytest'", "/* sh 'pytest' */", "* sh 'pytest'", "push 'pytest'", "sh pytest", "sh 'pytest"})
    CHECK((tested("Jenkinsfile", "stage('t') {\n  " + std::string(line) + "\n}\n") ? line : "") == std::string());
}

}  // namespace
}  // namespace cascade::audit
