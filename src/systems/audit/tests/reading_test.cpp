// What the audit reads of single files, before it judges anything: values and conditions as docs/ecosystems.md gives
// their forms, versions, tasks, steps of CI, the words of commands, packages.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/commands.h"
#include "audit/repository.h"
#include "audit/subject.h"
#include "unit/memory_tree.h"

namespace cascade::audit {
namespace {

using Files = std::map<std::string, std::string>;

struct Given {
  files::MemoryTree tree;
  std::optional<Repository> repository;

  explicit Given(const Files& files) {
    for (const auto& [path, text] : files) tree.write("/repo/" + path, text);
    auto read = Repository::read(tree, "/repo", known_rows());
    REQUIRE(read);
    repository.emplace(*std::move(read));
  }
  const Repository& operator*() const { return *repository; }
};

// "text@line" of each value.
std::string values(const std::string& path, const std::string& text, std::string_view form) {
  const Given given(Files{{path, text}});
  std::string shown;
  for (const Value& value : values_of(*given, path, form))
    shown += (shown.empty() ? "" : " ") + value.text + "@" + std::to_string(value.place.line);
  return shown;
}

TEST_CASE("rows: clauses stand between semicolons, parts between blanks, a backtick is a blank") {
  CHECK(parts_of("").empty());
  CHECK(parts_of("  a   b ") == std::vector<std::string>{"a", "b"});
  CHECK(parts_of("what`is new") == std::vector<std::string>{"what is", "new"});
  CHECK(clauses_of("") == std::vector<std::string_view>{""});
  CHECK(clauses_of("a b;;c") == std::vector<std::string_view>{"a b", "", "c"});
}

TEST_CASE("values: a key, the keys of maps, and the items of a list") {
  const std::string json =
      "{\n \"name\": \"a\",\n \"deps\": {\"x\": \"1\", \"y\": \"2\"},\n \"dev\": {\"z\": 1}, \"n\": 5\n}";
  CHECK(values("a.json", json, "key name") == "a@2");
  CHECK(values("a.json", json, "key deps.y") == "2@3");
  CHECK(values("a.json", json, "key deps") == "");
  CHECK(values("a.json", json, "key none") == "");
  CHECK(values("a.json", json, "keys deps dev") == "x@3 y@3 z@4");
  CHECK(values("a.json", json, "keys name none") == "");
  CHECK(values("a.toml", "[project]\ndependencies = [\n \"requests>=2\",\n \"@a/b[c]\"\n]\n",
               "array project.dependencies") == "requests@3 @a/b@4");
  CHECK(values("a.yaml", "deps:\n  - name: x\n  - y==1\n  - other: z\n", "array deps") == "x@2 y@3");
}

TEST_CASE("values: what is no structure has none, and hostile files end") {
  for (const std::string& text : {std::string(), std::string("{"), std::string("[1,2]"), std::string("7"),
                                  std::string(5'000, '['), std::string("\0\xff", 2)})
    for (const char* form : {"key a", "keys a", "array a"}) CHECK(values("a.json", text, form).empty());
  CHECK(values("a.txt", "{\"a\": \"b\"}", "key a").empty());
}

TEST_CASE("values: INI files have sections, keys in any case, and tools by what follows the colon") {
  const std::string ini = "stray = 1\n# no\n[tool:pytest]\nTestPaths: tests\n[mypy]\n; no\nstrict = True\n[open\n";
  CHECK(values("setup.cfg", ini, "key pytest.testpaths") == "tests@4");
  CHECK(values("setup.cfg", ini, "key mypy.strict") == "True@7");
  CHECK(values("setup.cfg", ini, "keys mypy") == "strict@7");
  CHECK(values("setup.cfg", ini, "key stray").empty());
}

TEST_CASE("values: the whole file, its lines, words and what follows a text") {
  CHECK(values("v", "1.2\nmore\n", "whole") == "1.2@1");
  CHECK(values("v", " 1.2 \r\nmore\n", "whole") == "1.2@1");
  CHECK(values("v", "# nothing\n", "whole").empty());
  CHECK(values("r.txt", "# no\n\nrequests>=2\n-r other\n  flask\r\n", "lines") == "requests@3 flask@5");
  CHECK(values("r.txt", "a==1\nb>=2\nc == 3\n", "pinned ==") == "a@1 c@3");
  CHECK(values("a.rb", "version = \"1.2\"\nconversion = \"9\"\nversions = \"8\"\n# version = \"7\"\n",
               "after version") == "1.2@1");
  CHECK(values("a.rb", "spec.version = '1.2', x\n", "after version") == "1.2@1");
}

TEST_CASE("values: attributes of tags, and modules") {
  CHECK(values("p.xml", "<ref Include=\"A\" /><ref Include=\"B\"", "attribute ref Include") == "A@1 B@1");
  CHECK(values("go.mod", "require (\n\ta.b/c v1\n\td.e/f v2 // indirect\n)\nrequire g.h/i v3\nx v4\n", "module") ==
        "a.b/c@2 g.h/i@5");
}

// Where it holds, "path:line"; else "".
std::string declared(const Files& files, const std::string& condition, std::string_view folder = "") {
  const Given given(files);
  const auto place = declared_by(*given, folder, condition);
  return place ? place->path + ":" + std::to_string(place->line) : "";
}

TEST_CASE("conditions: a file, a key, a value, a line, a text") {
  const Files files = {
      {"a.json",
       "{\n\"o\": {\"strict\": true, \"off\": false, \"all\": [\"x\", \"**\"], \"none\": [], \"gone\": null}}"},
      {"b.cfg", "[flake8]\nselect = E, W\n"},
      {"c.txt", "# one\n  two\n"},
      {"d.txt", "# only\n"},
      {"sub/a.json", "{\"k\": 1}"}};
  CHECK(declared(files, "a.json") == "a.json:1");
  CHECK(declared(files, "gone.json").empty());
  CHECK(declared(files, "d.txt").empty());  // it says nothing
  CHECK(declared(files, "a.json#o.strict") == "a.json:2");
  CHECK(declared(files, "a.json#o.strict=true") == "a.json:2");
  CHECK(declared(files, "a.json#o.off=true").empty());
  CHECK(declared(files, "a.json#o.all=x") == "a.json:2");
  CHECK(declared(files, "a.json#o.all=everything") == "a.json:2");
  CHECK(declared(files, "a.json#o.none=[]") == "a.json:2");
  CHECK(declared(files, "a.json#o.none").empty());
  CHECK(declared(files, "a.json#o.all=[]").empty());
  CHECK(declared(files, "b.cfg#flake8.select=w") == "b.cfg:2");
  CHECK(declared(files, "c.txt#line=two") == "c.txt:2");
  CHECK(declared(files, "c.txt#line=tw").empty());
  CHECK(declared(files, "c.txt~tw") == "c.txt:2");
  CHECK(declared(files, "c.txt#one") == "c.txt:1");  // a file without structure
  CHECK(declared(files, "*.cfg#flake8") == "b.cfg:1");
  CHECK(declared(files, "a.json#k", "sub") == "sub/a.json:1");
  CHECK(declared(files, "a.json#k").empty());
}

TEST_CASE("conditions: a file says something with more than comments, blanks and brackets") {
  for (const char* text : {"", "\n \t\r\n", "{}", "[ ]\n", "# a\n// b\n; c\n", "/* a\n b */\n", "<!-- a\nb -->",
                           "---\n...\n", "<?xml version=\"1.0\"?>", "[tool.x]\n", "/* never closed\nx = 1\n"})
    CHECK_FALSE(says_something(text));
  for (const char* text : {"x", "{\"a\": 1}", "[tool.x]\ny = 1\n", "/* a */\nx\n", "[\"a\"]", "<a>"})
    CHECK(says_something(text));
}

TEST_CASE("versions: at the beginning of a text") {
  CHECK(version_at("1.2") == "1.2");
  CHECK(version_at("v1.2.3-beta") == "1.2.3");
  CHECK(version_at("[V1.2.]") == "1.2");
  for (const char* text : {"", "v", "12", "1", "x1.2", ".5", "..", "version 1.2"}) CHECK(version_at(text).empty());
}

TEST_CASE("words: operands are what is no option, no value of one and no variable") {
  using Words = std::vector<std::string>;
  CHECK(operands_of({"make", "-C", "web", "CC=clang", "test", "-j", "4", "lint"}, 1) == Words{"test", "lint"});
  CHECK(operands_of({"npm", "run", "a", "--", "b"}, 1) == Words{"run", "a"});
  CHECK(operands_of({"make", "=x", "a b=c"}, 1) == Words{"=x", "a b=c"});
  CHECK(operands_of({"make", "-C"}, 1).empty());
  CHECK(operands_of({}, 1).empty());
  CHECK(begin_so({"cargo", "--locked", "test"}, {"cargo", "test"}));
  CHECK(begin_so({"/usr/bin/clang-tidy-15", "a.c"}, {"clang-tidy"}));
  CHECK_FALSE(begin_so({"cargo", "build", "--profile", "release"}, {"cargo", "release"}));
  CHECK_FALSE(begin_so({"test", "cargo"}, {"cargo", "test"}));
  CHECK_FALSE(begin_so({}, {"a"}));
  CHECK_FALSE(begin_so({"a"}, {}));
  CHECK(sent_to({"make", "-C", "web"}, "x") == "x/web");
  CHECK(sent_to({"npm", "--prefix=web", "ci"}, "") == "web");
  CHECK(sent_to({"make", "test", "-C"}, "x") == "x");
  CHECK(line_of(Words(100, "word")).size() == 120);
  for (const char* word : {"a/*", "$HOME", "<file>", "a|b", "./...", "http://a"}) CHECK_FALSE(is_plain_path(word));
  CHECK(is_plain_path("src/a b.c"));
}

// What a line starts, "program(purposes)" with ? where it is not known to be there, ! where it is missing, ~ where its
// failure is hidden.
std::string started(const Files& files, const std::string& line) {
  const Given given(files);
  const Commands commands(*given, known_rows());
  std::string text;
  for (const Started& one : commands.judge(line, "").started) {
    text += (text.empty() ? "" : " ") + one.tool + "(";
    for (const std::string& purpose : one.purposes) text += (text.back() == '(' ? "" : ",") + purpose;
    text += std::string(")") + (one.existence == Existence::missing ? "!" : "") + (one.counts ? "" : "~");
  }
  return text;
}

TEST_CASE("commands: what only prints, waits or ends is hollow") {
  for (const char* line : {"", "echo tests pass", "true", "sleep 5; exit 0", "# pytest", "printf x && :"}) {
    const Given given(Files{{"a.py", "x = 1\n"}});
    CHECK(Commands(*given, known_rows()).judge(line, "").is_hollow());
  }
}

TEST_CASE("commands: a failure that is hidden does not count") {
  const Files files = {{"a.py", "x = 1\n"}};
  CHECK(started(files, "pytest") == "pytest(test)");
  CHECK(started(files, "pytest || true") == "pytest(test)~");
  CHECK(started(files, "pytest | tee log").substr(0, 13) == "pytest(test)~");
  CHECK(started(files, "pytest || exit 1") == "pytest(test)");
  CHECK(started(files, "if [ -f a.py ]; then pytest; fi") == "pytest(test)");
}

TEST_CASE("commands: scripts of package.json are followed, and one that is not there is missing") {
  const Files files = {
      {"package.json", R"({"scripts": {"test": "npm run unit", "unit": "jest", "loop": "npm run loop"}})"},
      {"a.js", "1\n"}};
  CHECK(started(files, "npm test") == "jest(test)");
  CHECK(started(files, "npm run gone").back() == '!');
  CHECK(started(files, "npm run loop").find("jest") == std::string::npos);  // it ends
}

TEST_CASE("tasks: a Makefile's targets with their recipes, needs and variables") {
  const auto recipe = [](const std::string& makefile, const std::string& target) -> std::string {
    const Given given(Files{{"Makefile", makefile}, {"a.c", "int a;\n"}});
    for (const TaskFile& file : read_task_files(*given, known_rows()))
      if (const Task* task = file.find(target)) {
        std::string text;
        for (const std::string& need : task->needs) text += need + ",";
        for (const std::string& line : task->lines) text += "[" + line + "]";
        return text;
      }
    return "none";
  };
  CHECK(recipe("test: build\n\t./run\n\t@./again\nbuild:\n\tcc a.c\n", "test") == "build,[./run][./again]");
  CHECK(recipe("X = ctest\ntest:\n\t$(X) -j ${X}\n", "test") == "[ctest -j ctest]");
  CHECK(recipe("test:\n\t-ctest\n", "test") == "[ctest || true]");
  CHECK(recipe("test:\n\tctest \\\n\t  -j\n", "test") == "[ctest  -j]");
  CHECK(recipe("X = ctest\nX += -j\nX ?= echo\ntest:\n\t$(X)\n", "test") == "[ctest -j]");
  CHECK(recipe("X ?= ctest\nX := cc\ntest:\n\t$(X)\n", "test") == "[cc]");
  CHECK(recipe("X += ctest\nifdef Y\nX += -j\nX = echo\nendif\ntest:\n\t$(X)\n", "test") == "[ctest]");
  CHECK(recipe("a:\n\tcc\n", "test") == "none");
  CHECK(recipe("A = $(A)\ntest:\n\t$(A)\n", "test").size() < 100);  // a variable of itself
  std::string deep;
  for (char name = 'A'; name < 'F'; ++name) {
    deep += std::string(1, name) + " =";
    for (int i = 0; i < 300; ++i) deep += " $(" + std::string(1, static_cast<char>(name + 1)) + ")";
    deep += "\n";
  }
  CHECK(recipe(deep + "F =\ntest:\n\t$(A)\n", "test").size() < 200'000);
}

// Each step as "line" with ~ where its failure does not fail the job; after it "in folder".
std::string steps(const std::string& path, const std::string& text, CiFile* file = nullptr) {
  const Given given(Files{{path, text}, {"a.py", "x = 1\n"}});
  const Commands commands(*given, known_rows());
  std::string shown;
  for (const CiFile& one : read_ci(*given, known_rows(), commands)) {
    if (file != nullptr) *file = one;
    for (const CiStep& step : one.steps)
      shown +=
          "[" + step.line + (step.folder.empty() ? "" : " in " + step.folder) + (step.is_enforced ? "" : "~") + "]";
  }
  return shown;
}

TEST_CASE("CI: steps with their folders, and those whose failure does not count") {
  CiFile file;
  const std::string head = "on: [push, pull_request]\npermissions: {}\njobs:\n  a:\n    steps:\n";
  const std::string path = ".github/workflows/ci.yml";
  CHECK(steps(path, head + "      - uses: a/b@v1\n      - run: pytest\n", &file) == "[uses:a/b@v1][pytest]");
  CHECK(file.on_requests);
  CHECK(file.limits_rights);
  CHECK_FALSE(file.on_tags);
  CHECK(steps(path, head + "      - run: pytest\n        continue-on-error: true\n") == "[pytest~]");
  CHECK(steps(path, head + "      - run: pytest\n        working-directory: ./web/\n") == "[pytest in web]");
  CHECK(steps(path, head + "      - run: pytest\n        if: false\n") == "");
  CHECK(steps(path, "on: push\njobs:\n  a:\n    continue-on-error: true\n    steps:\n      - run: x\n", &file) ==
        "[x~]");
  CHECK_FALSE(file.on_requests);
  steps(path, "on:\n  push:\n    tags: ['v*']\n  workflow_dispatch:\njobs: {}\n", &file);
  CHECK(file.on_tags);
  CHECK(file.on_call);
  CHECK(steps(path, "[]") == "");
  CHECK(steps("ci/other.txt", "run: pytest") == "");
}

TEST_CASE("CI: outcomes of runs that ended") {
  const auto read = [](const std::string& json) { return read_ci_outcomes(json, "ci.json"); };
  const auto some =
      read(R"([{"headSha":"a","conclusion":"success","workflowName":"CI"},{"headSha":"b","conclusion":"failure"},
    {"headSha":"c","conclusion":""},{"headSha":"d","conclusion":"skipped"},{"headSha":"e","conclusion":"cancelled"},
    {"conclusion":"success"},7,null,{"headSha":5,"conclusion":"timed_out"}])");
  REQUIRE(some);
  REQUIRE(some->size() >= 2);
  CHECK((*some)[0].passed);
  CHECK((*some)[0].name == "CI");
  CHECK_FALSE((*some)[1].passed);
  for (const CiOutcome& one : *some) CHECK(std::string("cde").find(one.commit) == std::string::npos);
  CHECK(read("[]")->empty());
  for (const char* json : {"", "{}", "[", "7", "[] x"}) CHECK_FALSE(read(json));
}

TEST_CASE("past: subjects of commits that mend a fault") {
  for (const char* subject :
       {"Fix the lock", "fix: lock", "fix(core): lock", "Fixes #7", "Fixed it", "Bugfix", "mend x", "FIX"})
    CHECK(is_fix(subject));
  for (const char* subject :
       {"", "Fixture for tests", "Prefix the name", "Fix typo", "fix: typos in README", "Add a fix", "fixing"})
    CHECK_FALSE(is_fix(subject));
}

// "folder:ecosystem sources+tests" of each package.
std::string packages(const Files& files) {
  const Given given(files);
  std::string text;
  for (const Package& package : find_packages(*given, known_rows()))
    text += package.name() + ":" + package.ecosystem + " " + std::to_string(package.sources.size()) + "+" +
            std::to_string(package.tests.size()) + ";";
  return text;
}

TEST_CASE("packages: a folder with a manifest and code, not below fixtures; at least the root") {
  CHECK(packages({{"README", "x"}}) == ".: 0+0;");
  CHECK(packages({{"package.json", "{}"}, {"a.js", "1\n"}, {"test/a.test.js", "2\n"}}) == ".:javascript 1+1;");
  const Files two = {{"web/package.json", "{}"},
                     {"web/a.js", "1\n"},
                     {"api/go.mod", "module a\n"},
                     {"api/a.go", "package a\n"},
                     {"api/a_test.go", "package a\n"}};
  CHECK(packages(two) == "api:go 1+1;web:javascript 1+0;");
  auto aside = two;
  aside["web/fixtures/x/package.json"] = "{}";
  aside["web/fixtures/x/b.js"] = "1\n";
  CHECK(packages(aside).find("fixtures") == std::string::npos);
  auto empty = two;
  empty["docs/package.json"] = "{}";  // without code, where others have some
  CHECK(packages(empty) == packages(two));
}

}  // namespace
}  // namespace cascade::audit
