// What CI, documents and settings really run: each case beside those that look like it.
#include "audited.h"

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

}  // namespace cascade::audit
