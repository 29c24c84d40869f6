// Trees that autotools, make and Perl build, their change logs and their CI.
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "audit/tests/audited.h"

using namespace cascade;
using namespace cascade::audit;

namespace {

const std::string c_code = "int push(int a) {\n  int b = a;\n  b += 1;\n  return b;\n}\n";
const std::string c_test = "#include \"queue.h\"\nint main(void) {\n  if (push(1) != 2) return 1;\n  return 0;\n}\n";

// A library in C that autotools build, from a repository: without what they make.
std::map<std::string, std::string> autotools() {
  return {{"configure.ac", "AC_INIT([queue], [1.2.0])\nAC_OUTPUT\n"},
          {"Makefile.am", "SUBDIRS = src tests\n"},
          {"src/queue.c", c_code},
          {"tests/Makefile.am", "check_PROGRAMS = queue_test\nTESTS = $(check_PROGRAMS)\n"},
          {"tests/queue_test.c", c_test},
          {"README",
           "Queue\n=====\n\nTo build it, run\n\n    autoreconf -i && ./configure\n    make\n\n"
           "and then `make check' to test it.\n"}};
}

std::vector<std::string> lines_of_plan(const std::map<std::string, std::string>& files) {
  std::vector<std::string> lines;
  for (const PlannedRun& run : audited(files).plan) lines.push_back(run.line);
  return lines;
}

}  // namespace

TEST_CASE("autotools: what they make counts as there") {
  const auto files = autotools();
  CHECK(level_of(files, "tests/suite") == Level::consistent);
  CHECK(level_of(files, "validation/types") == Level::consistent);
  CHECK(level_of(files, "context/commands") == Level::consistent);
  CHECK(level_of(files, "environment/setup") == Level::consistent);
  CHECK(lines_of_plan(files) == std::vector<std::string>{"autoreconf -fi && ./configure", "make all", "make check"});
  auto untested = files;
  untested["tests/Makefile.am"] = "noinst_PROGRAMS = queue_test\n";
  CHECK(level_of(untested, "tests/suite") == Level::present);
  CHECK(level_of(untested, "context/commands") == Level::absent);
  auto boot = files;
  boot["autogen.sh"] = "#!/bin/sh\nautoreconf -fi\n";
  CHECK(lines_of_plan(boot).front() == "./autogen.sh && ./configure");
  boot["configure"] = "#!/bin/sh\nac_init=1\n" + std::string(70'000, '#') + "\n";
  CHECK(lines_of_plan(boot).front() == "./configure");
}

TEST_CASE("tests that nothing declares are run as a document names them, else as CI does") {
  std::map<std::string, std::string> files = {
      {"pyproject.toml", "[project]\nname = \"ledger\"\nversion = \"1.0\"\n"},
      {"ledger/book.py", "def total(rows):\n    return sum(rows)\n"},
      {"tests/test_book.py", "from ledger.book import total\n\n\ndef test_sum():\n    assert total([1, 2]) == 3\n"}};
  CHECK(lines_of_plan(files).back() == "python3 -m pytest");
  files["README.md"] = "# Ledger\n\n```sh\npytest -x tests\n```\n";
  CHECK(lines_of_plan(files).back() == "pytest -x tests");
  const std::string ci = "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: node --test\n";
  CHECK(lines_of_plan({{"package.json", R"({"name": "shop"})"},
                       {"src/cart.js", "export const add = (a, b) => a + b;\n"},
                       {"test/cart.test.js",
                        "import test from 'node:test';\nimport assert from 'node:assert';\n"
                        "import { add } from '../src/cart.js';\n"
                        "test('adds', () => assert.equal(add(1, 2), 3));\n"},
                       {".github/workflows/ci.yml", ci}})
            .back() == "node --test");
}

TEST_CASE("a failure that is shown and still ends the step counts, one that is hidden does not") {
  const std::map<std::string, std::string> base = {
      {"configure.ac", "AC_INIT([queue], [1.2.0])\nAC_OUTPUT\n"},
      {"src/queue.c", c_code},
      {"tests/queue_test.c", c_test},
      {"Makefile.am", "SUBDIRS = src tests\n"},
      {"tests/Makefile.am", "check_PROGRAMS = queue_test\nTESTS = $(check_PROGRAMS)\n"}};
  const auto with = [&](const std::string& line) {
    auto files = base;
    files[".github/workflows/ci.yml"] =
        "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: " + line + "\n";
    return level_of(files, "integration/tests");
  };
  CHECK(with("make check") == Level::consistent);
  CHECK(with("make check || (cat test.log; exit 1)") == Level::consistent);
  CHECK(with("make check || (cat test.log && exit 1)") == Level::consistent);
  CHECK(with("make check || { cat test.log; false; }") == Level::consistent);
  CHECK(with("make check || cat test.log") < Level::consistent);
  CHECK(with("make check || true; test -f test.log || exit 1") < Level::consistent);
}

TEST_CASE("make: variables, conditions, included files and a folder of tests") {
  const std::map<std::string, std::string> base = {{"queue.c", c_code}, {"tests/queue_test.c", c_test}};
  const auto with = [&](const std::string& makefile) {
    auto files = base;
    files["Makefile"] = makefile;
    return level_of(files, "tests/suite");
  };
  CHECK(with("all: queue.o\n") == Level::present);
  CHECK(with("test: queue_test\n\t./queue_test\nqueue_test:\n\t$(CC) -o $@ tests/queue_test.c\n") == Level::consistent);
  CHECK(with("test:\n\techo passed\n") == Level::present);
  CHECK(with("test:\n\tmkdir -p out\n") == Level::present);
  CHECK(with("test:\n\t./gone_test\n") == Level::present);
  CHECK(with("RUN = ctest\nifeq ($(OS),x)\nRUN = echo\nendif\ntest:\n\t$(RUN)\n") == Level::present);
  auto inside = base;
  inside["Makefile"] = "Q = $(if $(V),,@)\nall:\n\tcc queue.c\ntest: FLAGS = -g\ntest:\n\t$(Q)$(MAKE) -C tests $@\n";
  inside["tests/Makefile"] = "test: queue_test\n\t./queue_test\nqueue_test:\n\tcc queue_test.c\n";
  CHECK(level_of(inside, "tests/suite") == Level::consistent);
  inside.erase("Makefile");
  inside["tests/Makefile"] = "all: queue_test\n\t./queue_test\nqueue_test:\n\tcc queue_test.c\n";
  inside["README.md"] = "# Queue\n\n```sh\nmake -C tests\n```\n";
  CHECK(level_of(inside, "context/commands") == Level::consistent);
  CHECK(level_of({{"Makefile", "include rules.mk\n"},
                  {"rules.mk", "check:\n\tctest\n"},
                  {"README.md", "```sh\nmake check\nmake gone\n```\n"},
                  {"CMakeLists.txt", "project(x)\n"},
                  {"x.c", c_code}},
                 "context/commands") == Level::present);
}

TEST_CASE("Perl: manifests, tests and the commands of its tools") {
  const std::map<std::string, std::string> files = {
      {"Makefile.PL", "use ExtUtils::MakeMaker;\nWriteMakefile(NAME => 'Queue', PREREQ_PM => { 'Moo' => 0 });\n"},
      {"lib/Queue.pm", "package Queue;\nour $VERSION = '1.20';\nsub push {\n  return $_[0] + 1;\n}\n1;\n"},
      {"t/queue.t", "use Test::More;\nuse Queue;\nis(Queue::push(1), 2, 'pushes');\ndone_testing;\n"},
      {"Changes", "Revision history for Queue\n\n1.20  2026-01-02\n  - numbers may be negative\n"},
      {"README.pod", "=head1 Install\n\n    perl Makefile.PL\n    make\n    make test\n"}};
  const Report report = audited(files);
  CHECK(report.packages.front().ecosystem == "perl");
  for (const std::string_view id : {"tests/suite", "context/commands", "environment/setup"}) {
    INFO(id);
    CHECK(judgement_of(report, id).level == Level::consistent);
  }
  CHECK(judgement_of(report, "environment/locks").finding.lacks == "1 dependency and no lock file");
  CHECK(lines_of_plan(files) == std::vector<std::string>{"perl Makefile.PL", "make", "make test"});
  auto hollow = files;
  hollow["t/queue.t"] = "print \"1..1\\nok 1\\n\";\n";
  CHECK(level_of(hollow, "tests/suite") == Level::absent);
}

TEST_CASE("CI of other kinds is read, and its absence asks nothing about actions") {
  std::map<std::string, std::string> files = {
      {"go.mod", "module m\n\ngo 1.22\n"},
      {"a.go", "package m\n"},
      {"a_test.go", "package m\n\nfunc TestA(t *testing.T) {\n\tif A() != 1 {\n\t\tt.Fatal(1)\n\t}\n}\n"}};
  CHECK_FALSE(judgement_of(audited(files), "integration/actions").finding.applies);
  CHECK_FALSE(judgement_of(audited(files), "tests/regressions").finding.applies);
  for (const auto& [path, text] : std::map<std::string, std::string>{
           {".travis.yml", "language: go\nscript:\n  - go test ./...\n"},
           {".cirrus.yml", "task:\n  unit_script: go test ./...\n"},
           {"appveyor.yml", "test_script:\n  - cmd: go test ./...\n"},
           {".builds/linux.yml", "image: debian\ntasks:\n  - test: |\n      go test ./...\n"},
           {"Jenkinsfile", "pipeline {\n  stage('t') { steps { sh 'go test ./...' } }\n}\n"}}) {
    INFO(path);
    auto with = files;
    with[path] = text;
    CHECK(level_of(with, "integration/tests") == Level::consistent);
    CHECK_FALSE(judgement_of(audited(with), "integration/actions").finding.applies);
  }
  files[".travis.yml"] = "language: go\n";
  CHECK(level_of(files, "integration/tests") == Level::consistent);
  files[".travis.yml"] = "language: go\nscript: echo passed\n";
  CHECK(level_of(files, "integration/tests") == Level::absent);
}

TEST_CASE("what installs others by name sets nothing up") {
  const auto level = [](const std::string& line) {
    return level_of(
        {{"pyproject.toml", "[project]\nname = \"a\"\n"}, {"a.py", "1\n"}, {"README.md", "```sh\n" + line + "\n```\n"}},
        "environment/setup");
  };
  CHECK(level("pip install -e .") == Level::consistent);
  CHECK(level("pip install -r requirements.txt") == Level::consistent);
  CHECK(level("pip install a") == Level::absent);
  CHECK(level("npm i a") == Level::absent);
}
