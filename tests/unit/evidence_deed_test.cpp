#include <catch2/catch.hpp>

#include "evidence/deed.h"

using namespace cascade;
using namespace cascade::evidence;

namespace {

ToolCall bash(const std::string& command, const std::string& output, int status) {
  ToolCall call;
  call.tool = "Bash";
  call.input.kind = syntax::NodeKind::map;
  for (const std::string& text : {std::string("command"), command}) {
    syntax::Node node;
    node.kind = syntax::NodeKind::string;
    node.text = text;
    call.input.items.push_back(node);
  }
  call.output = output;
  call.failed = status != 0;
  call.status = status;
  call.directory = "/w/app";
  return call;
}

std::string green(const std::string& command, const std::string& output = "", std::vector<std::string> words = {}) {
  const Deed deed = read_deed(bash(command, output, 0));
  const Program* program = find_ended(deed, words, End::passed);
  return program == nullptr ? "" : words_of(*program);
}

std::string red(const std::string& command, const std::string& output = "", std::vector<std::string> words = {},
                int status = 1) {
  const Deed deed = read_deed(bash(command, output, status));
  const Program* program = find_ended(deed, words, End::failed);
  return program == nullptr ? "" : words_of(*program);
}

}  // namespace

TEST_CASE("a test run that ended with 0 is green, one that failed is red") {
  CHECK(green("pytest -q", "5 passed in 0.12s") == "pytest -q");
  CHECK(green("cd app && npm test") == "npm test");
  CHECK(green("uv run python -m pytest tests", "1 passed") == "python -m pytest tests");
  CHECK(green("make -C build check") == "make -C build check");
  CHECK(green("set -o pipefail; pytest | tail -3", "5 passed") == "pytest");
  CHECK(red("pytest -k refund", "Exit code 1\n1 failed, 4 passed") == "pytest -k refund");
  CHECK(red("source venv/bin/activate && pytest", "1 failed") == "pytest");
  CHECK(red("npm run test:unit", "1 failing") == "npm run test:unit");
}

TEST_CASE("a status that says nothing of the tests shows neither") {
  for (const char* line :
       {"pytest | tail", "pytest || true", "pytest; echo ok", "pytest &", "echo pytest",
        "for i in 1 2; do pytest; done", "if pytest; then :; fi", "! pytest", "(pytest; true)", "pytest || echo failed",
        "bash -c 'pytest; exit 0'", "true || pytest", "pytest() { :; }; pytest", "alias pytest=true; pytest",
        "# pytest", "cat <<'E'\npytest\nE"}) {
    CHECK(green(line, "5 passed") == "");
    CHECK(green(line, "5 passed", {"pytest"}) == "");
  }
  for (const char* line : {"pytest | tail", "make && pytest", "pytest && npm run build", "pytest; false", "! pytest",
                           "pytest | grep -q passed", "pytest && false", "pytest && exit 1", "test -f x && pytest",
                           "[[ a = b ]] && pytest", "pytest && [ -f x ]"})
    CHECK(red(line, "1 failed") == "");
}

TEST_CASE("a run of no tests shows neither") {
  CHECK(green("go test ./... -run Nope", "ok  \tx\t0.01s [no tests to run]\n?   \ty\t[no test files]") == "");
  CHECK(green("go test ./...", "ok  \tx\t0.01s\n?   \ty\t[no test files]") == "go test ./...");
  CHECK(green("cargo test nope", "test result: ok. 0 passed; 0 failed; 12 filtered out") == "");
  CHECK(green("cargo test", "test result: ok. 12 passed; 0 failed\ntest result: ok. 0 passed; 0 failed") ==
        "cargo test");
  CHECK(green("npx jest --passWithNoTests", "No tests found, exiting with code 0") == "");
  CHECK(green("pytest", "3 skipped in 0.02s") == "");
  CHECK(green("ctest", "No tests were found!!!") == "");
  CHECK(green("python3 -m unittest", "Ran 0 tests in 0.000s\n\nOK") == "");
  CHECK(green("pytest --collect-only", "5 tests collected") == "");
  CHECK(green("pytest --version", "pytest 8") == "");
  CHECK(red("pytest -k tyop", "Exit code 5\n12 deselected in 0.01s", {}, 5) == "");
  CHECK(red("pytest tests/nope.py", "Exit code 4\nno tests ran in 0.00s", {}, 4) == "");
  CHECK(red("npm test", "npm error Missing script: \"test\"") == "");
  CHECK(red("make test", "make: *** No rule to make target 'test'.  Stop.", {}, 2) == "");
  CHECK(red("pytest", "bash: pytest: command not found", {}, 127) == "");
  CHECK(red("timeout 5 pytest", "", {}, 124) == "");
  CHECK(red("python3 -m pytest", "No module named pytest") == "");
}

TEST_CASE("a run that something before it kept from running is none") {
  const std::string no_folder = "Exit code 1\n/bin/bash: line 1: cd: nowhere: No such file or directory";
  for (const char* line :
       {"cd nowhere && pytest", "cd nowhere && make test", "(cd nowhere && pytest)", "{ cd nowhere && pytest; }",
        "set -e; cd nowhere; pytest", "set -euo pipefail\ncd nowhere\npytest -q", "bash -c 'cd nowhere && pytest'",
        "pushd nowhere && pytest", "cd \"$dir\" && npm test", "cd nowhere && cd app && pytest",
        "echo start && cd nowhere && pytest", "cd nowhere && pytest || exit 1", "mkdir -p x && cd nowhere && pytest"}) {
    CHECK(red(line, no_folder) == "");
    CHECK(red(line, no_folder, {"pytest"}) == "");
    CHECK(red(line, no_folder + "\n1 failed, 4 passed") != "");  // its own report: it ran after all
  }
  // Other shells and languages, and no word about it at all.
  for (const char* output : {"Exit code 1\nzsh:cd:1: no such file or directory: nowhere",
                             "(eval):cd:1: no such file or directory: nowhere", "sh: 1: cd: can't cd to nowhere",
                             "-bash: cd: nowhere: Datei oder Verzeichnis nicht gefunden", "Exit code 1", ""})
    CHECK(red("cd nowhere && pytest", output) == "");
  CHECK(red("cd nowhere 2>/dev/null && make test", "Exit code 1") == "");
  CHECK(red("echo go; cd nowhere 2>/dev/null && make test", "Exit code 1\ngo") == "");
  CHECK(red("source venv/bin/activate && pytest", "bash: line 1: venv/bin/activate: No such file or directory") == "");
  CHECK(red("mkdir x && pytest", "mkdir: cannot create directory ‘x’: File exists") == "");
  CHECK(red("set -e; [ -f x ]; pytest", "Exit code 1") == "");
  CHECK(red("cd nowhere && ./reproduce.sh", no_folder, {"reproduce.sh"}) == "");
  CHECK(red("env -C nowhere pytest", "env: cannot change directory to 'nowhere': No such file or directory", {}, 125) ==
        "");
  CHECK(red("make -C nowhere test", "make: *** nowhere: No such file or directory.  Stop.", {}, 2) == "");
  CHECK(red("make test", "/bin/sh: 1: cd: can't cd to nowhere\nmake: *** [Makefile:2: test] Error 2", {}, 2) == "");
  CHECK(red("make test", "make: pytest: No such file or directory\nmake: *** [Makefile:2: test] Error 127", {}, 2) ==
        "");
  CHECK(red("./gradlew test", "bash: ./gradlew: Permission denied", {}, 126) == "");
  CHECK(red("uv run pytest", "error: Failed to spawn: `pytest`", {}, 2) == "");
  CHECK(red("cargo test", "error: could not find `Cargo.toml` in `/w/app` or any parent directory", {}, 101) == "");
}

TEST_CASE("a run behind others is red where the output shows that it ran") {
  CHECK(red("cd app && pytest", "Exit code 1\n1 failed, 4 passed") == "pytest");
  CHECK(red("cd app && make test", "t.c:3: assertion failed\nmake: *** [Makefile:2: test] Error 1", {}, 2) ==
        "make test");
  CHECK(red("git pull; cd app && make test", "Already up to date.\nmake: *** [Makefile:2: test] Error 1", {}, 2) ==
        "make test");
  CHECK(red("git pull; cd app && make test", "Already up to date.", {}, 2) == "");
  CHECK(red("cd app && ./reproduce.sh", "Exit code 1\nboom", {"reproduce.sh"}) == "./reproduce.sh");
  CHECK(red("cd nowhere; pytest", "bash: line 1: cd: nowhere: No such file or directory\n1 failed") == "pytest");
  CHECK(red("set -e; cd app; go test ./...", "--- FAIL: TestX (0.00s)\nFAIL\tx\t0.01s") == "go test ./...");
  CHECK(red("pytest", "", {}) == "pytest");  // nothing stands before it
  CHECK(red("./reproduce.sh", "bash: line 3: x: No such file or directory", {"reproduce.sh"}) == "./reproduce.sh");
}

TEST_CASE("words of an exit name the run or the program, not any word of a line") {
  CHECK(green("pytest tests/unit -q", "5 passed", {"tests/"}) == "pytest tests/unit -q");
  CHECK(green("pytest ./tests -q", "5 passed", {"tests/"}) == "pytest ./tests -q");
  CHECK(green("pytest src", "5 passed", {"tests/"}) == "");
  CHECK(green("npx jest a.test.ts", "Tests: 1 passed", {"npx", "jest"}) == "jest a.test.ts");
  CHECK(green("npm run build", "done", {"npm", "run", "build"}) == "npm run build");
  CHECK(red("bash reproduce.sh", "boom", {"reproduce.sh"}) == "bash reproduce.sh");
  CHECK(red("./reproduce.sh --all", "boom", {"reproduce.sh"}) == "./reproduce.sh --all");
  CHECK(green("git commit -m pytest", "", {"pytest"}) == "");
  CHECK(green("mkdir -p tests/", "", {"tests/"}) == "");
  CHECK(green("ls tests/", "", {"tests/"}) == "");
  CHECK(green("python3 -c \"print('pytest')\"", "pytest", {"pytest"}) == "");
}

TEST_CASE("a commit is one that git made") {
  const auto committed = [](const std::string& line) {
    return makes_commit(read_deed(bash(line, "", 0))).value_or("-");
  };
  CHECK(committed("git add -A && git -C ../lib commit -m x") == "/w/app");
  CHECK(committed("git commit --dry-run") == "-");
  CHECK(committed("git log --grep commit") == "-");
  CHECK(committed("git commit -m x || true") == "-");
  CHECK(committed("echo git commit") == "-");
}

TEST_CASE("what the line itself prints is not taken for an answer") {
  const auto printed = [](const std::string& line, const std::string& output) {
    const Deed deed = read_deed(bash(line, output, 0));
    return !deed.programs.empty() && deed.programs.front().printed;
  };
  CHECK(printed("curl -s x; echo", "v2"));
  CHECK(printed("curl -s x || echo down", "v2"));
  CHECK_FALSE(printed("curl -s x || echo down", "down"));
  CHECK_FALSE(printed("curl -s x || printf 'v%s' 2; ls", "v2"));
  CHECK_FALSE(printed("curl -s x; cat page.html", "v2"));
  CHECK(printed("curl -s x | jq .version", "v2"));
  CHECK(printed("for i in 1 2; do curl -fs x && break; sleep 2; done", "ok"));
}
