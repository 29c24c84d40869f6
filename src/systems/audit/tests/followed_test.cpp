// What CI, documents and settings really run: each case beside those that look like it.
#include "audit/tests/audited.h"

namespace cascade::audit {
namespace {

using Files = std::map<std::string, std::string>;

const Files python = {{"pyproject.toml", "[project]\nname = \"ledger\"\nversion = \"1.0\"\n"},
                      {"ledger/book.py",
                       "def balance(rows):\n    total = 0\n    for row in rows:\n        total += row\n"
                       "    return total\n"},
                      {"tests/test_book.py",
                       "from ledger.book import balance\n\n\ndef test_sum():\n"
                       "    assert balance([1, 2]) == 3\n"}};

std::string workflow(const std::string& steps) {
  return "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n" + steps;
}

std::string indented(std::string script) {
  for (std::size_t at = script.find('\n'); at != std::string::npos; at = script.find('\n', at + 1))
    script.insert(at + 1, "          ");
  return "      - run: |\n          " + script + "\n";
}

Files with(Files files, const std::string& path, const std::string& text) {
  files[path] = text;
  return files;
}

Level tests_in_ci(const std::string& script, const Files& files = python) {
  return level_of(with(files, ".github/workflows/ci.yml", workflow(indented(script))), "integration/tests");
}

std::string found_in(const std::string& script, const Files& files) {
  return script + ": " + std::to_string(static_cast<int>(tests_in_ci(script, files)));
}

std::string lacks(const Files& files, std::string_view id) { return judgement_of(audited(files), id).finding.lacks; }

}  // namespace

TEST_CASE("a step of CI tests where the failure of its tests fails the job") {
  for (const char* script :
       {"pytest", "if [ -d tests ]; then\n  pytest\nfi", "cd tests && pytest", "cd build\npytest",
        "set -o pipefail\npytest | tee log", "if ! pytest; then\n  exit 1\nfi", "for v in 1 2; do\n  pytest\ndone",
        "case $X in\n  a) pytest ;;\nesac", "run() {\n  pytest\n}\nrun", "pytest || { cat log; exit 1; }",
        "git ls-files 'tests/*.py' | xargs pytest", "uv run --locked --group dev tox run", "poetry run -C . pytest",
        "python -W error -m pytest", "echo begin\npytest\necho end"})
    CHECK(found_in(script, with(python, "tox.ini", "[tox]\nenvlist = py\n")) == script + std::string(": 2"));
  for (const char* script :
       {"pytest || true", "pytest || echo failed", "pytest | tee log\necho done", "! pytest\necho done",
        "if pytest; then\n  echo good\nfi", "set +e\npytest\necho done", "pytest &\necho started", "echo $(pytest)",
        "pytest && echo good\necho done", "set +e\npytest\nexit 0"})
    CHECK(found_in(script, python) == script + std::string(": 0"));
  CHECK(lacks(with(python, ".github/workflows/ci.yml", workflow(indented("pytest || true"))), "integration/tests") ==
        "its failure does not fail the job: pytest || true");
}

TEST_CASE("a script that collects what failed counts, and one that forgets it does not") {
  const auto script = [](const std::string& text) {
    return tests_in_ci("./ci.sh", with(python, "ci.sh", "#!/bin/bash\n" + text));
  };
  CHECK(script("failed=0\npytest || failed=1\nexit $failed\n") == Level::consistent);
  CHECK(script("pytest\nstatus=$?\ncat log\nexit $status\n") == Level::consistent);
  CHECK(script("set -e\npytest\ncat log\n") == Level::consistent);
  CHECK(script("pytest\ncat log\n") == Level::absent);
  CHECK(script("failed=0\npytest || failed=1\necho $failed\n") == Level::absent);
}

TEST_CASE("a workflow is read whole, however long it is, and what cannot be read is said") {
  std::string steps;
  for (int i = 0; i < 600; ++i)
    steps += "      - name: \"step ${{ matrix.x }} number " + std::to_string(i) + "\"\n        run: \"echo '" +
             std::to_string(i) + "'\"\n";
  const std::string tested = workflow("      - run: pytest\n" + steps);
  REQUIRE(tested.size() > (32u << 10));
  CHECK(level_of(with(python, ".github/workflows/ci.yml", tested), "integration/tests") == Level::consistent);
  const Report broken = audited(with(python, ".github/workflows/ci.yml", "on: push\n#" + std::string(3u << 20, 'x')));
  REQUIRE(broken.unread.size() == 1);
  CHECK(broken.unread.front().path == ".github/workflows/ci.yml");
  CHECK(judgement_of(broken, "integration/tests").finding.lacks.find("could not be read whole") != std::string::npos);
}

TEST_CASE("what a fence shows is a command only if it is one") {
  const auto missing = [](const std::string& fence) {
    return lacks(with(python, "README.md", "# Ledger\n\nRun `pytest tests`.\n\n" + fence + "\n"), "context/commands")
               .find("documents name") == 0;
  };
  CHECK(missing("```sh\nmake gone\n```"));
  CHECK(missing("```console\n$ make gone\n```"));
  CHECK(missing("```\nmake gone\n```"));
  CHECK(missing("```console\nme@host:~/ledger$ make gone\n3 passed\n```"));
  for (const char* fence :
       {"```console\n$ pytest\nmake gone\n```", "```\n$ pytest\nmake gone: Error 2\nmake gone\n```",
        "```console\n$ pytest\n> ledger@1.0 bench\n> npm run gone\n```",
        "```\npytest\n3 passed in 0.1s\nmake gone\n```", "```text\nledger.py prints this:\nnpm run gone\n```",
        "```json\n{\"run\": \"npm run gone\"}\n```", "```\nmake: *** [gone] Error 2\n```",
        "```console\n% pytest\nnpm run gone\n```", "```sh\n# make gone\npytest\n```",
        "```sh\ncat >Makefile <<EOF\nmake gone\nEOF\n```"})
    CHECK((missing(fence) ? fence : std::string()).empty());
}

TEST_CASE("behind a fence that leaves the repository nothing is missing until the next heading") {
  const auto missing = [](const std::string& text) {
    return lacks(with(python, "README.md", "# Ledger\n\nRun `pytest tests`.\n\n" + text), "context/commands")
               .find("documents name") == 0;
  };
  const std::string gone = "```sh\nmake gone\n```\n";
  CHECK_FALSE(missing("```sh\nledger new /tmp/shop && cd /tmp/shop\n```\n\nThen:\n\n" + gone));
  CHECK_FALSE(missing("```sh\ncd ~/work\n```\n\n" + gone));
  CHECK_FALSE(missing("```sh\ncd shop\n```\n\n" + gone));
  CHECK(missing("```sh\ncd ~/work\n```\n\n## Here\n\n" + gone));
  CHECK(missing("```sh\ncd tests\n```\n\n" + gone));
  // What is installed by its name needs no manifest here.
  CHECK_FALSE(missing("```sh\nnpm install -g ledger\n```\n"));
  CHECK(missing("```sh\nnpm install\n```\n"));
}

TEST_CASE("a comparison of what a formatter prints checks formats, in make as well") {
  const Files go = {{"go.mod", "module x\ngo 1.20\n"}, {"a.go", "package x\nfunc A() int { return 1 }\n"}};
  const auto format = [&](const std::string& makefile) {
    return level_of(with(go, "Makefile", "SRC=$(shell find . -name '*.go')\nfmt:\n\t" + makefile + "\n"),
                    "validation/format");
  };
  CHECK(format("test -z \"$$(gofmt -l .)\"") == Level::consistent);
  CHECK(format("@test -z $(shell gofmt -l $(SRC)) || (gofmt -d $(SRC); exit 1)") == Level::consistent);
  CHECK(format("echo $(shell gofmt -l $(SRC))") == Level::absent);
  CHECK(format("test -z \"$$(gofmt -l .)\" || true") == Level::absent);
}

TEST_CASE("scripts of composer start PHP and each other by a sign, and Python's tests may be one file") {
  const Files php = {{"composer.json",
                      "{\"require-dev\": {\"phpstan/phpstan\": \"1\"}, \"scripts\": {\"stan\": \"@php "
                      "vendor/bin/phpstan analyse\", \"all\": [\"@stan\"], \"none\": \"@php -v\"}}"},
                     {"phpstan.neon", "parameters:\n    level: 8\n"},
                     {"src/A.php", "<?php\nclass A {}\n"}};
  const auto checks = [&](const std::string& line) {
    return level_of(with(php, ".github/workflows/ci.yml", workflow(indented(line))), "integration/checks");
  };
  CHECK(checks("composer stan") == Level::consistent);
  CHECK(checks("composer run all") == Level::consistent);
  CHECK(checks("composer none") == Level::absent);
  Files django = python;
  django.erase("tests/test_book.py");
  CHECK(level_of(django, "tests/suite") == Level::absent);
  django["ledger/tests.py"] = python.at("tests/test_book.py");
  CHECK(level_of(django, "tests/suite") != Level::absent);
}

TEST_CASE("a sentence that goes into a folder first names the command behind it") {
  const auto says_how_to_test = [](const std::string& sentence) {
    return level_of(with(python, "README.md", "# Ledger\n\n" + sentence + "\n"), "context/commands") != Level::absent;
  };
  CHECK(says_how_to_test("API: `cd tests && pip install -e .[dev] && pytest`."));
  CHECK(says_how_to_test("`cd tests && cd .. && pytest tests`"));
  CHECK_FALSE(says_how_to_test("`cd tests && look around`, `cd tests &&`, `cd tests`"));
}

TEST_CASE("a command whose tool nothing installs or configures is no linter") {
  const auto files = [](const std::string& more) {
    return Files{{"package.json", R"({"name": "shop", "scripts": {"lint": "eslint src"})" + more + "}"},
                 {"src/a.js", "export const a = 1;\n"}};
  };
  CHECK(level_of(files(""), "validation/lint") == Level::absent);
  CHECK(lacks(files(""), "validation/lint") == "npm run lint starts eslint, which nothing installs or configures");
  CHECK(level_of(files(R"(, "devDependencies": {"eslint": "9"})"), "validation/lint") == Level::consistent);
  const auto in_ci = [](const std::string& script) {
    return level_of(with(python, ".github/workflows/ci.yml", workflow(indented(script))), "validation/lint");
  };
  CHECK(in_ci("ruff check .") == Level::absent);
  CHECK(in_ci("pip install ruff\nruff check .") == Level::consistent);
}

TEST_CASE("a linter that its own file switches off is no linter") {
  const auto lint = [](const std::string& path, const std::string& text) {
    return level_of(with(python, path, text), "validation/lint");
  };
  CHECK(lint("ruff.toml", "line-length = 100\n") == Level::present);
  CHECK(lint("ruff.toml", "exclude = [\"*\"]\n") == Level::absent);
  CHECK(lint("ruff.toml", "[lint]\nselect = []\n") == Level::absent);
  CHECK(lint("ruff.toml", "exclude = [\"build\"]\n") == Level::present);
  CHECK(lint(".flake8", "[flake8]\nmax-line-length = 100\n") == Level::present);
  CHECK(lint(".flake8", "[flake8]\nexclude = .\n") == Level::absent);
  CHECK(lint(".pylintrc", "[MAIN]\ndisable = all\n") == Level::absent);
  const Files shop = {{"package.json", "{\"name\": \"shop\"}"}, {"src/a.js", "export const a = 1;\n"}};
  CHECK(level_of(with(shop, "biome.json", "{\"linter\": {\"enabled\": false}}"), "validation/lint") == Level::absent);
  CHECK(level_of(with(shop, ".eslintrc.json", "{\"ignorePatterns\": [\"**/*\"], \"rules\": {\"eqeqeq\": 2}}"),
                 "validation/lint") == Level::absent);
  CHECK(level_of(with(shop, ".eslintrc.json", "{\"rules\": {\"eqeqeq\": 2}}"), "validation/lint") == Level::present);
  CHECK(lacks(with(python, ".pylintrc", "[MAIN]\ndisable = all\n"), "validation/lint") ==
        ".pylintrc switches pylint off");
}

TEST_CASE("tests beside the code belong to the package that they are named after") {
  const std::string test =
      "using Xunit;\npublic class BookTests {\n  [Fact]\n  public void Adds() { Assert.Equal(3, Book.Sum(1, 2)); "
      "}\n}\n";
  const Files files = {
      {"src/Ledger/Ledger.csproj", "<Project></Project>\n"},
      {"src/Ledger/Book.cs", "class Book {\n  public static int Sum(int a, int b) {\n    return a + b;\n  }\n}\n"},
      {"src/Ledger.Web/Ledger.Web.csproj", "<Project></Project>\n"},
      {"src/Ledger.Web/Page.cs", "class Page {\n  public int Size() {\n    return 1;\n  }\n}\n"},
      {"tests/Ledger.Tests/Ledger.Tests.csproj", "<Project></Project>\n"},
      {"tests/Ledger.Tests/BookTests.cs", test}};
  const Report report = audited(files);
  CHECK(judgement_of(report, "tests/suite", "src/Ledger").level == Level::consistent);
  CHECK(judgement_of(report, "tests/suite", "src/Ledger.Web").level == Level::absent);
}

namespace {

std::string evidence_of(const Files& files, std::string_view id) {
  std::string all;
  const Report report = audited(files);
  for (const Evidence& one : judgement_of(report, id).finding.evidence)
    all += one.place.path + ":" + std::to_string(one.place.line) + " " + one.text + "\n";
  return all;
}

}  // namespace

TEST_CASE("evidence of CI is the line that does it, as it is written") {
  const auto shown = [](const std::string& script) {
    return evidence_of(with(python, ".github/workflows/ci.yml", workflow(indented(script))), "integration/tests");
  };
  CHECK(shown("source venv\nmake check-all\npytest -v").find("ci.yml:9 pytest -v\n") != std::string::npos);
  CHECK(shown("pytest -v").find("ci.yml:7 pytest -v\n") != std::string::npos);
  const Files made = with(python, "Makefile", "deps:\n\techo no\ntest: deps\n\tcp a b\n\tpytest\n");
  const std::string ci = workflow("      - run: X=1 make test\n");
  CHECK(evidence_of(with(made, ".github/workflows/ci.yml", ci), "integration/tests").find("ci.yml:6 X=1 make test\n") !=
        std::string::npos);
  CHECK(evidence_of(made, "tests/suite").find("make test starts pytest") != std::string::npos);
}

TEST_CASE("a script that a page for users names may be the reader's own") {
  const auto missing = [](const std::string& path, const std::string& fence) {
    return lacks(with(python, path, "# Ledger\n\nRun `pytest tests`.\n\n" + fence + "\n"), "context/commands")
               .find("documents name") == 0;
  };
  for (const char* fence : {"```sh\nnode split.js -s /\n```", "```console\n$ python app.py\n```",
                            "```bash\n> cd ledger/gone\n```", "```bash\n> find x\nSoftware/python/notes.py\n```",
                            "The driver is `./run_benchmarks`.", "```sh\ncd /usr/ports/ledger\nmake install\n```",
                            "```\n$ ./ledger-example\n3\n```", "```sh\nnode -r ts-node/register pm.ts\n```"})
    CHECK_FALSE(missing("README.md", fence));
  for (const char* fence : {"```sh\n./gone.sh\n```", "```sh\npython tests/gone.py\n```", "```sh\nmake gone\n```"})
    CHECK(missing("README.md", fence));
  CHECK(missing("AGENTS.md", "```sh\npython gone.py\n```"));
}

TEST_CASE("what comes with a language is installed, and what installs somebody else's tool sets nothing up") {
  const Files go = {{"go.mod", "module example.org/ledger\n\ngo 1.15\n\nrequire example.org/a v1.0.0\n"},
                    {"go.sum", "example.org/a v1.0.0 h1:x\n"},
                    {"book.go", "package ledger\n\nfunc Sum(a, b int) int {\n\treturn a + b\n}\n"}};
  CHECK(level_of(with(go, "Makefile", "fmt:\n\tgofmt -w .\n"), "validation/format") == Level::consistent);
  CHECK(level_of(with(go, "README.md", "# Ledger\n\n```sh\ngo install example.org/cli@latest\n```\n"),
                 "environment/setup") == Level::absent);
  CHECK(level_of(with(go, "Makefile", "install_deps:\n\tgo get -v ./...\n"), "environment/setup") == Level::present);
  const auto locked = [&](const std::string& line) {
    return level_of(with(go, ".github/workflows/ci.yml", workflow("      - run: " + line + "\n")), "environment/locks");
  };
  CHECK(locked("go install example.org/cli@latest") == Level::consistent);
  CHECK(locked("go test ./...") == Level::shown);
}

TEST_CASE("a document that says that changes are reviewed asks for it") {
  const auto level = [](const std::string& line) {
    return level_of(with(python, "CONTRIBUTING.md", "# Contributing\n\n" + line + "\n"), "assimilation/reviews");
  };
  CHECK(level("After the checks pass, someone will review your code.") == Level::present);
  CHECK(level("Pull requests are usually reviewed within a few days.") == Level::present);
  CHECK(level("Larger changes ought to get feedback from other contributors first.") == Level::present);
  CHECK(level("Please review the guidelines in this document first.") == Level::absent);
  CHECK(level("We will review the state of the art in the next chapter.") == Level::absent);
}

TEST_CASE("a comma behind the last item of JSON is read") {
  const Files script = {{"package.json", R"({"name": "x", "scripts": {"types": "tsc"}})"},
                        {"src/a.ts", "export const a: number = 1\n"}};
  const std::string settings = "{\"compilerOptions\": {\"strict\": true,}, \"include\": [\"a,}\",],}\n";
  CHECK(audited(with(script, "tsconfig.json", settings)).unread.empty());
  CHECK(level_of(with(script, "tsconfig.json", settings), "validation/types") == Level::consistent);
}

TEST_CASE("an action that runs a command is that command") {
  const auto level = [](const std::string& with_lines) {
    return level_of({{"Cargo.toml", "[package]\nname = \"ledger\"\nversion = \"1.0.0\"\n"},
                     {"src/lib.rs",
                      "pub fn sum(a: i32) -> i32 {\n    a + 1\n}\n#[test]\nfn t() {\n    "
                      "assert_eq!(sum(1), 2);\n}\n"},
                     {".github/workflows/ci.yml", workflow("      - uses: actions-rs/cargo@v1\n" + with_lines)}},
                    "integration/tests");
  };
  CHECK(level("        with:\n          command: test\n          args: --locked\n") == Level::consistent);
  CHECK(level("        with:\n          command: fmt\n") == Level::absent);
  CHECK(level("") == Level::absent);
}

TEST_CASE("what only serves something else sets nothing up, and an option's value is no command") {
  const Files made = with(python, "Makefile", "register:\n\tpip install -r requirements.txt\n\tpython gen.py\n");
  CHECK(level_of(with(made, "gen.py", "print(1)\nimport os\nos.mkdir('a')\n"), "environment/setup") == Level::absent);
  const Files rust = {{"Cargo.toml", "[package]\nname = \"ledger\"\nversion = \"1.0.0\"\n"},
                      {"src/lib.rs", "pub fn sum(a: i32) -> i32 {\n    a + 1\n}\n"}};
  const auto published = [&](const std::string& line) {
    return level_of(with(rust, ".github/workflows/ci.yml", workflow("      - run: " + line + "\n")),
                    "release/publishing");
  };
  CHECK(published("cargo build --profile release") == Level::absent);
  CHECK(published("cargo release") != Level::absent);
}

TEST_CASE("tests of CI are followed through wrappers, lists of scripts, environments and tasks") {
  const auto package = [](const std::string& scripts) {
    return Files{{"package.json", "{\"name\": \"a\", \"scripts\": {" + scripts + "}}"},
                 {"index.js", "module.exports = () => 1;\n"},
                 {"test/index.test.js", "test('one', () => {});\n"}};
  };
  const Files tested = package("\"test\": \"jest\", \"test:a\": \"jest a\"");
  for (const char* script :
       {"npx nyc --exclude 'x/**' npm test", "npm run -s test", "npx run-s test", "npx run-s 'test:*'"})
    CHECK(found_in(script, tested) == script + std::string(": 2"));
  const Files without_ending = package("\"test\": \"node run/all\"");
  CHECK(tests_in_ci("npm test", with(without_ending, "run/all.js", "require('../test/index.test.js')\n")) ==
        Level::consistent);
  CHECK(tests_in_ci("npm test", without_ending) == Level::absent);
  CHECK(tests_in_ci("npx run-s lint", package("\"lint\": \"eslint .\"")) == Level::absent);

  const Files ruby = {{"Rakefile", "require 'minitest/test_task'\nMinitest::TestTask.create\n\ntask default: :test\n"},
                      {"a.gemspec", "Gem::Specification.new { |s| s.name = 'a' }\n"},
                      {"lib/a.rb", "module A\n  def self.one = 1\nend\n"},
                      {"test/test_a.rb", "class TestA < Minitest::Test\n  def test_one = assert(A.one)\nend\n"}};
  CHECK(found_in("bundle exec rake", ruby) == "bundle exec rake: 2");

  const std::string environments =
      "[tox]\nenvlist = py\n[testenv]\ncommands = pytest {posargs}\n"
      "[testenv:stress]\ncommands =\n    python -m ledger.stress\n";
  const Files tox = with(python, "tox.ini", environments);
  CHECK(tests_in_ci("tox", tox) == Level::consistent);
  CHECK(tests_in_ci("tox -e py312", tox) == Level::consistent);
  CHECK(tests_in_ci("tox r -e stress", tox) == Level::absent);
  const Files lists = with(python, "pyproject.toml",
                           "[project]\nname = \"ledger\"\n[tool.tox.env_run_base]\ncommands = [[\"pytest\"]]\n"
                           "[tool.tox.env.types]\ncommands = [[\"mypy\", \"ledger\"]]\n");
  CHECK(tests_in_ci("tox", lists) == Level::consistent);
  CHECK(tests_in_ci("tox -e types", lists) == Level::absent);
  CHECK(level_of(with(lists, ".github/workflows/ci.yml", workflow(indented("tox -e types"))), "integration/checks") !=
        Level::absent);
}

TEST_CASE("a build runs the checks that its file binds to it, and a download publishes nothing") {
  const Files java = {{"pom.xml",
                       "<project><build><plugins><plugin><artifactId>spotless-maven-plugin</artifactId>"
                       "</plugin></plugins></build></project>\n"},
                      {"src/main/java/A.java", "class A {\n  int one() {\n    return 1;\n  }\n}\n"},
                      {"src/test/java/ATest.java", "class ATest {\n  @Test\n  void one() {}\n}\n"}};
  const auto formats = [](const Files& files) {
    return level_of(with(files, ".github/workflows/ci.yml", workflow(indented("mvn -B verify"))), "integration/checks");
  };
  CHECK(formats(java) != Level::absent);
  CHECK(formats(with(java, "pom.xml", "<project></project>\n")) == Level::absent);
  const Files goal = with(java, "pom.xml",
                          "<project><build>\n<defaultGoal>clean package pmd:check</defaultGoal>\n"
                          "</build></project>\n");
  for (const char* line : {"mvn --file pom.xml --no-transfer-progress", "mvn clean package"})
    CHECK(tests_in_ci(line, goal) == Level::consistent);
  CHECK(tests_in_ci("mvn", with(goal, "pom.xml", "<project></project>\n")) == Level::absent);
  CHECK(level_of(with(goal, ".github/workflows/ci.yml", workflow(indented("mvn"))), "integration/checks") ==
        Level::consistent);
}

TEST_CASE("another repository's workflow is known by its name alone, and what it runs is not denied") {
  const auto called = [](const std::string& workflow_name) {
    return with(python, ".github/workflows/ci.yml",
                "on: [pull_request, workflow_dispatch]\njobs:\n  a:\n    uses: acme/shared/.github/workflows/" +
                    workflow_name + "@v1\n");
  };
  CHECK(judgement_of(audited(called("python-ci.yml")), "integration/tests").finding.lacks ==
        "what acme/shared/.github/workflows/python-ci.yml runs is not here");
  CHECK(level_of(called("reusable-release.yml"), "release/publishing") == Level::consistent);
  CHECK(level_of(called("python-ci.yml"), "release/publishing") == Level::absent);
}

TEST_CASE("examples in documents are no files of this repository") {
  const auto says = [](const std::string& text) {
    return lacks(with(with(python, "AGENTS.md",
                           "# Ledger\n\nA ledger of rows with balances, kept in `ledger/book.py` and "
                           "tested with `pytest`. Each row is a number, and each balance is the sum of "
                           "all rows before it, so nothing is kept twice.\n\n" +
                               text),
                      "docs/a.md", "a"),
                 "context/instructions");
  };
  CHECK(says("Keep `ledger/gone.py` up to date.\n") == "it names ledger/gone.py: there is no ledger/gone.py");
  CHECK(says("A transport looks like `./my-transport.mjs`, and is run by `python3 my_app/main.py`.\n") ==
        "no command that it names was run and passed");
  CHECK(says("Users write `my-app/src/main.py` in their own projects.\n") ==
        "no command that it names was run and passed");
  CHECK(says("```sh\nmkdir my-app\ncd my-app\npython3 main.py\n```\n") ==
        "no command that it names was run and passed");
  CHECK(says("```\npytest\ntests/test_book.py::test_gone PASSED\nout/of/a/run.txt\n```\n") ==
        "no command that it names was run and passed");
}

}  // namespace cascade::audit
