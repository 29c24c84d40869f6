#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "audit/audit.h"
#include "audit/tests/audited.h"
#include "source_folder.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::audit;

TEST_CASE("a new ecosystem is rows, no code") {
  std::vector<EcosystemRow> rows(known_rows().begin(), known_rows().end());
  const EcosystemRow more[] = {{"zig", "manifest", "build.zig.zon", "-"},
                               {"zig", "source", "*.zig", "-"},
                               {"zig", "test", "tests/**", "-"},
                               {"zig", "case", "test`\"", "-"},
                               {"zig", "assertion", "expect(", "-"},
                               {"zig", "needs", "zig", "build.zig.zon"},
                               {"zig", "run", "test", "zig build test"},
                               {"zig", "run", "lint", "ziglint"},
                               {"zig", "default", "test", "zig build test"},
                               {"zig", "tool", "lint", "ziglint;ziglint.json"},
                               {"zig", "inherent", "types", "zig"},
                               {"zig", "lock", "zig.lock", "-"},
                               {"zig", "depends", "build.zig.zon", "after .url"}};
  rows.insert(rows.end(), std::begin(more), std::end(more));
  const std::map<std::string, std::string> files = {
      {"build.zig.zon", ".{ .name = .queue }\n"},
      {"src/queue.zig", "pub fn push() void {\n  a();\n  b();\n  c();\n  d();\n}\n"},
      {"tests/queue.zig",
       "const queue = @import(\"queue\");\ntest \"push\" {\n  try std.testing.expect(true == queue.push());\n}\n"},
      {"ziglint.json", "{\"rules\": [\"all\"]}\n"},
      {"Makefile", "lint:\n\tziglint src\n"}};
  const Report report = audited(files, rows);
  REQUIRE(report.packages.size() == 1);
  CHECK(report.packages.front().ecosystem == "zig");
  CHECK(judgement_of(report, "tests/suite").level == Level::consistent);
  CHECK(judgement_of(report, "validation/lint").level == Level::consistent);
  CHECK(judgement_of(report, "validation/types").level == Level::consistent);
  CHECK_FALSE(judgement_of(report, "environment/locks").finding.applies);
  CHECK(audited(files).packages.front().ecosystem.empty());
}

TEST_CASE("a pipe is a row: an assertion behind it checks what stands before") {
  std::vector<EcosystemRow> rows(known_rows().begin(), known_rows().end());
  const EcosystemRow more[] = {{"gleam", "manifest", "gleam.toml", "-"},  {"gleam", "source", "*.gleam", "-"},
                               {"gleam", "test", "test/**", "-"},         {"gleam", "case", "pub`fn", "-"},
                               {"gleam", "assertion", "should.", "-"},    {"gleam", "piped", "|>", "-"},
                               {"gleam", "needs", "gleam", "gleam.toml"}, {"gleam", "run", "test", "gleam test"},
                               {"gleam", "default", "test", "gleam test"}};
  rows.insert(rows.end(), std::begin(more), std::end(more));
  const auto level = [&](const std::string& check) {
    return judgement_of(audited({{"gleam.toml", "name = \"queue\"\n"},
                                 {"src/queue.gleam", "pub fn push(a) {\n  a\n  + 1\n  + 1\n}\n"},
                                 {"test/queue_test.gleam", "import queue\n\npub fn push_test() {\n" + check + "}\n"}},
                                rows),
                        "tests/suite")
        .level;
  };
  CHECK(level("  queue.push(1) |> should.equal(3)\n") == Level::consistent);
  CHECK(level("  queue.push(1)\n  |> should.equal(3)\n") == Level::consistent);
  CHECK(level("  3 |> should.equal(3)\n") == Level::absent);
  CHECK(level("  3\n  |> should.equal(3)\n") == Level::absent);
}

TEST_CASE("each ecosystem of the table says what its packages, code, tests and commands are") {
  std::set<std::string_view> ecosystems;
  for (const EcosystemRow& row : known_rows()) ecosystems.insert(row.ecosystem);
  for (const std::string_view ecosystem : ecosystems) {
    // Scripts test packages in other languages; they are none.
    if (ecosystem == any_ecosystem || ecosystem == "shell") continue;
    INFO(ecosystem);
    for (const std::string_view fact : {"manifest", "source", "test", "case", "assertion", "lock", "depends"})
      CHECK_FALSE(subjects_of(known_rows(), ecosystem, fact).empty());
    for (const std::string_view purpose : {"test", "lint", "format", "types", "setup"}) {
      INFO(purpose);
      const auto rows = rows_of(known_rows(), ecosystem, "run");
      const bool known = std::any_of(rows.begin(), rows.end(), [&](const EcosystemRow* row) {
        return row->ecosystem == ecosystem && row->subject == purpose;
      });
      CHECK((known || (ecosystem == "java" && purpose == "setup") || (ecosystem == "rust" && purpose == "setup") ||
             (ecosystem == "perl" && purpose == "types")));
    }
  }
}

TEST_CASE("weights add up to 100, and a skill that is offered is one of the library") {
  std::uint32_t all = 0;
  for (const Check& check : checks()) {
    all += check.weight;
    INFO(id_of(check));
    CHECK(find_check(id_of(check)) == &check);
    if (!check.skill.empty())
      CHECK(std::filesystem::exists(test::source_folder() + "/skills/" + std::string(check.skill) + "/SKILL.md"));
  }
  CHECK(all == 100);
  CHECK(checks().size() <= 24);
}

TEST_CASE("no level is given without evidence, in an empty repository and elsewhere") {
  for (const auto& files :
       {std::map<std::string, std::string>{{"a.txt", "a\n"}},
        {{"package.json", "{}"}, {"AGENTS.md", "# Agents\n"}, {"CODEOWNERS", "\n"}, {".gitignore", "\n"}}}) {
    const Report report = audited(files);
    CHECK(report.score == 0);
    for (const Judgement& one : report.judgements) {
      INFO(id_of(*one.check));
      CHECK(one.level == Level::absent);
      CHECK_FALSE(one.finding.lacks.empty());
    }
    CHECK(report.first.size() == 3);
  }
}

TEST_CASE("commands are followed through scripts, targets and wrappers") {
  const std::map<std::string, std::string> base = {
      {"package.json",
       "{\"scripts\": {\"test\": \"npm run unit\", \"unit\": \"npx jest --ci\", \"loop\": \"npm run loop\"}}"},
      {"src/a.js", "1\n2\n3\n4\n5\n6\n"},
      {"test/a.test.js", "const a = require('../src/a');\ntest('a', () => { expect(a).toBe(1); });\n"}};
  CHECK(level_of(base, "tests/suite") == Level::consistent);
  auto broken = base;
  broken["package.json"] = "{\"scripts\": {\"test\": \"npm run missing\"}}";
  CHECK(level_of(broken, "tests/suite") == Level::present);
  auto made = base;
  made["package.json"] = "{}";
  made["Makefile"] = "RUN = npx\ncheck: build\n\t@$(RUN) jest\nbuild:\n\techo\n";
  CHECK(level_of(made, "tests/suite") == Level::consistent);
  auto hidden = base;
  hidden["package.json"] = "{\"scripts\": {\"test\": \"npm run loop\", \"loop\": \"npm run loop\"}}";
  CHECK(level_of(hidden, "tests/suite") == Level::present);
}

TEST_CASE("a run decides between consistent, shown and present") {
  const std::map<std::string, std::string> files = {
      {"go.mod", "module m\n\ngo 1.22\n"},
      {"a.go", "package m\n\nfunc A() int {\n\treturn 1\n}\n"},
      {"a_test.go", "package m\n\nfunc TestA(t *testing.T) {\n\tif A() != 1 {\n\t\tt.Fatal(1)\n\t}\n}\n"}};
  const Report before = audited(files);
  REQUIRE_FALSE(before.plan.empty());
  const auto with = [&](std::vector<int> exits) {
    Run run;
    for (const int code : exits) run.attempts.push_back({code, 1'200, Stopped::no, "tail"});
    return audited(files, known_rows(), {}, [run](const std::vector<PlannedRun>& plan) mutable {
      run.plan = plan.back();
      return std::vector<Run>{run};
    });
  };
  CHECK(before.plan.back().line == "go test ./...");
  CHECK(judgement_of(before, "tests/suite").level == Level::consistent);
  CHECK(judgement_of(with({0, 0, 0}), "tests/suite").level == Level::shown);
  CHECK(judgement_of(with({1, 1, 1}), "tests/suite").level == Level::present);
  const Report flaky = with({0, 1, 0});
  CHECK(judgement_of(flaky, "tests/suite").level == Level::consistent);
  CHECK(judgement_of(flaky, "tests/suite").finding.lacks ==
        "the tests are flaky: 1 of 3 runs of the same files failed");
  CHECK(judgement_of(with({0}), "tests/suite").finding.evidence.back().milliseconds == 1'200);
}

TEST_CASE("tests that compare literals, are skipped, or only import are none") {
  const auto with = [](const std::string& test) {
    return level_of({{"pyproject.toml", "[project]\nname = \"a\"\n"},
                     {"a/book.py", "def b():\n    return 1\n\n\nX = 2\n"},
                     {"tests/test_book.py", test}},
                    "tests/suite");
  };
  CHECK(with("from a.book import b\n\n\ndef test_b():\n    assert b() == 1\n") == Level::consistent);
  CHECK(with("def test_b():\n    assert True\n") == Level::absent);
  CHECK(with("def test_b():\n    assert 1 == 1  # b\n") == Level::absent);
  CHECK(with("def test_b():\n    # assert b() == 1\n    pass\n") == Level::absent);
  CHECK(with("@pytest.mark.skip\ndef test_b():\n    assert b() == 1\n") == Level::absent);
  CHECK(with("from assertpy import assert_that\n\n\ndef test_b():\n    pass\n") == Level::absent);
}

TEST_CASE("settings count only where they say something about code that is there") {
  CHECK(level_of({{"package.json", "{}"}, {"tsconfig.json", "{\"compilerOptions\": {\"strict\": true}}"}},
                 "validation/types") == Level::absent);
  CHECK(level_of({{"docker-compose.yml", "version: '3'\nservices: {}\n"}}, "environment/setup") == Level::absent);
  CHECK(level_of({{"docker-compose.yml", "services:\n  db:\n    image: postgres\n"}}, "environment/setup") ==
        Level::present);
}

namespace {

// Two packages with locks of their own, and `more`.
std::map<std::string, std::string> two_locked(const std::map<std::string, std::string>& more) {
  std::map<std::string, std::string> files = more;
  for (const std::string package : {"a", "b"}) {
    files[package + "/package.json"] = R"({"name": "x", "dependencies": {"left": "1.0.0"}})";
    files[package + "/package-lock.json"] = R"({"packages": {"node_modules/left": {"version": "1.0.0"}}})";
    files[package + "/src/a.js"] = "export const one = 1;\n";
  }
  return files;
}

std::pair<Level, Level> lock_levels(const Report& report) {
  return {judgement_of(report, "environment/locks", "a").level, judgement_of(report, "environment/locks", "b").level};
}

std::map<std::string, std::string> workflow(const std::string& step) {
  return {{".github/workflows/ci.yml",
           "on: pull_request\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n      - " + step + "\n"}};
}

}  // namespace

TEST_CASE("what CI installs from one package's lock shows nothing of another's") {
  using Levels = std::pair<Level, Level>;
  constexpr Level two = Level::consistent, three = Level::shown;
  const auto levels_with = [](const std::string& step) { return lock_levels(audited(two_locked(workflow(step)))); };
  CHECK(lock_levels(audited(two_locked({}))) == Levels{two, two});
  CHECK(levels_with("run: npm ci\n        working-directory: a") == Levels{three, two});
  CHECK(levels_with("run: cd a && npm ci") == Levels{three, two});
  CHECK(levels_with("run: |\n          cd b\n          npm ci") == Levels{two, three});
  CHECK(levels_with("run: npm --prefix b ci") == Levels{two, three});
  CHECK(levels_with("run: npm ci") == Levels{two, two});  // there is no lock in the root
  CHECK(levels_with("run: echo npm ci") == Levels{two, two});
}

TEST_CASE("a lock in the root is installed for every package below it") {
  std::map<std::string, std::string> files = workflow("run: npm ci");
  files["package.json"] = R"({"name": "all", "private": true, "workspaces": ["a"]})";
  files["package-lock.json"] = R"({"packages": {"node_modules/left": {"version": "1.0.0"}}})";
  files["a/package.json"] = R"({"name": "a", "dependencies": {"left": "1.0.0"}})";
  files["a/src/a.js"] = "export const one = 1;\n";
  CHECK(judgement_of(audited(files), "environment/locks", "a").level == Level::shown);
}

TEST_CASE("a task that installs what is locked shows nothing until it was run") {
  const auto files = two_locked({{"a/Makefile", "setup:\n\tnpm ci\n"}});
  CHECK(lock_levels(audited(files)) == std::pair{Level::consistent, Level::consistent});
  const Report ran = audited(files, known_rows(), {}, [](const std::vector<PlannedRun>& plan) {
    std::vector<Run> runs;
    for (const PlannedRun& planned : plan)
      if (planned.line == "make setup") runs.push_back({planned, {{0, 1'200, Stopped::no, ""}}});
    return runs;
  });
  REQUIRE(ran.runs.size() == 1);
  CHECK(lock_levels(ran) == std::pair{Level::shown, Level::consistent});
}

TEST_CASE("only files that were searched are said to hold no secret") {
  const Report report = audited({{".gitignore", ".env\n"},
                                 {"go.mod", "module m\n"},
                                 {"a.go", "package m\n"},
                                 {"a_test.go", "package m\n"},      // a test
                                 {"fixtures/b.go", "package m\n"},  // aside
                                 {"examples/c.go", "package m\n"},  // an example
                                 {"empty.go", ""},                  // says nothing
                                 {"long.go", std::string(300'000, 'x')}});
  const Finding& finding = judgement_of(report, "safety/secrets").finding;
  REQUIRE(finding.evidence.size() == 2);
  CHECK(finding.evidence.back().text == "and 3 files that were searched hold no secret that is known by its form");
}

TEST_CASE("commands are run once, when they are planned and before anything is judged") {
  files::MemoryTree tree;
  tree.write("/repo/Makefile", "test:\n\t./t.sh\n");
  tree.write("/repo/t.sh", "#!/bin/sh\ngrep -q one t.sh\n");
  int calls = 0;
  const auto report = audit::audit(tree, "/repo", known_rows(), {}, [&](const std::vector<PlannedRun>& plan) {
    ++calls;
    REQUIRE(plan.size() == 1);
    return std::vector<Run>{{plan.front(), {{0, 9, Stopped::no, ""}}}};
  });
  CHECK(calls == 1);
  REQUIRE(report);
  CHECK(report->runs.size() == 1);
  CHECK(judgement_of(*report, "tests/suite").level == Level::shown);
  const auto stopped = audit::audit(tree, "/repo", known_rows(), {}, [](const std::vector<PlannedRun>&) {
    return Result<std::vector<Run>>(Error{ErrorCode::unsupported, "nobody allowed it", "", ""});
  });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message == "nobody allowed it");
}

namespace {

// A repository of files alone, each check at the highest level that files can show.
std::map<std::string, std::string> all_that_files_show() {
  const std::string commit(40, 'a');
  return {
      {"pyproject.toml",
       "[project]\nname = \"ledger\"\nversion = \"0.3.0\"\nrequires-python = \">=3.11\"\ndependencies = [\"httpx\"]\n\n"
       "[tool.ruff]\nline-length = 100\n\n[tool.ruff.format]\nquote-style = \"double\"\n\n[tool.mypy]\nstrict = "
       "true\n"},
      {"uv.lock", "version = 1\n\n[[package]]\nname = \"httpx\"\nversion = \"0.27.0\"\n"},
      {".python-version", "3.11\n"},
      {"ledger/book.py",
       "def balance(entries):\n    total = 0\n    for entry in entries:\n        total += entry\n    return total\n"},
      {"tests/test_book.py", "from ledger.book import balance\n\n\ndef test_b():\n    assert balance([1, 2]) == 3\n"},
      {"Makefile", "setup:\n\tuv sync\ntest:\n\tpytest tests\nlint:\n\truff check .\ntypes:\n\tmypy ledger\n"},
      {"AGENTS.md",
       "# Working here\n\nAmounts are integers in cents; `ledger/book.py` is the only place that adds them up. Run "
       "`make setup` "
       "once, `make test` after every change and `make lint` before a commit. Nothing here may need a network.\n"},
      {".claude/skills/close/SKILL.md",
       "---\nname: close\ndescription: Closes a month. Use at its end.\n---\n# Close\n\n1. Run the tests and read "
       "every failure "
       "to its end before anything else is done.\n2. Compare the balance of the month with the bank's own "
       "statement.\n3. Tag "
       "only when both agree, and push the tag alone.\n"},
      {"CONTRIBUTING.md", "# Contributing\n\nEvery pull request needs a review by somebody who did not write it.\n"},
      {"CHANGELOG.md", "# Changelog\n\n## [0.3.0] - 2026-01-02\n\n- Balances may be negative.\n"},
      {"CODEOWNERS", "*.py @acme/books\n"},
      {".gitignore", ".env\n*.pem\n"},
      {".pre-commit-config.yaml", "repos:\n  - repo: local\n    hooks:\n      - id: ruff\n      - id: ruff-format\n"},
      {".github/dependabot.yml", "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n"},
      {".cascade/explanations/1.md",
       "---\nexplanation: 1\nby: Ann\nhunks:\n  - 3f2a9c0d1e4b5a67 +1,5 -0,0 ledger/book.py\n---\n## What it does\nIt "
       "adds "
       "entries up.\n## How it fails\nIt takes texts, too.\n## Why not otherwise\nA sum would do.\n## What was "
       "verified\nThe "
       "tests passed here.\n"},
      {".github/workflows/ci.yml",
       "on: [pull_request, workflow_dispatch]\npermissions:\n  contents: read\njobs:\n  t:\n    runs-on: x\n    "
       "steps:\n"
       "      - uses: acme/setup-python@" +
           commit +
           "\n        with:\n          python-version-file: .python-version\n"
           "      - run: uv sync --frozen\n      - run: pytest tests\n      - run: ruff check .\n      - run: mypy "
           "ledger\n"
           "      - run: ruff format --check .\n      - run: pre-commit run --all-files\n      - run: gitleaks detect\n"
           "      - run: cascade validate\n"},
      {".github/workflows/release.yml",
       "on: workflow_dispatch\npermissions:\n  contents: read\njobs:\n  t:\n    runs-on: x\n    steps:\n"
       "      - run: uv publish\n"}};
}

}  // namespace

TEST_CASE("files alone lead to 70.5, as docs/audit.md says") {
  const std::set<std::string> shown = {"context/manifests", "environment/locks", "safety/secrets", "safety/guards"};
  Around around;
  around.manifests.files = {".claude/skills/close/SKILL.md"};
  const Report report = audited(all_that_files_show(), known_rows(), around);
  for (const Judgement& one : report.judgements) {
    const std::string id = id_of(*one.check);
    INFO(id << ": " << one.finding.lacks);
    CHECK(one.finding.applies == (id != "tests/regressions"));
    const bool by_commits = id == "assimilation/reviews" || id == "assimilation/explanations";
    const Level most = shown.count(id) > 0         ? Level::shown
                       : id == "tests/regressions" ? Level::absent
                       : by_commits                ? Level::present
                                                   : Level::consistent;
    CHECK(to_string(one.level) == to_string(most));
  }
  CHECK(report.score == 705);
}
