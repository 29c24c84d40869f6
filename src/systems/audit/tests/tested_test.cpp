// Which tests are tests, and what is said where there is nothing to ask about.
#include "audit/tests/audited.h"

namespace cascade::audit {
namespace {

using Files = std::map<std::string, std::string>;

const std::string code = "export function push(a) {\n  const b = a;\n  return b + 1;\n}\n\nexport const none = 0;\n";

const std::string checked = "test('push', () => { expect(q.push(1)).toBe(2); });\n";
bool has_test(const std::string& path, const std::string& text) {
  const bool is_python = path.ends_with(".py");
  Files files = is_python
                    ? Files{{"pyproject.toml", "[project]\nname = \"a\"\n"}, {"a/book.py", "def b():\n    return 1\n"}}
                    : Files{{"package.json", "{}"}, {"src/queue.js", code}};
  if (path.ends_with(".rs")) files = {{"Cargo.toml", "[package]\nname = \"a\"\n"}, {"src/book.rs", "pub fn b() {}\n"}};
  if (path.ends_with(".java")) files = {{"pom.xml", "<project></project>\n"}, {"src/main/java/B.java", "class B {}\n"}};
  if (path.ends_with(".go")) files = {{"go.mod", "module m\n"}, {"a.go", "package m\n"}};
  files[path] = text;
  return judgement_of(audited(files), "tests/suite").finding.lacks != "no file in the place of tests checks anything";
}

TEST_CASE("a mark that skips a test skips that one, and neither the one before nor the one behind it") {
  const std::string js = "test/a.test.js", py = "tests/test_a.py";
  const std::string one = "it('one', () => { expect(f()).toBe(1); });\n",
                    skipped = "it.skip('two', () => { expect(g()).toBe(1); });\n";
  CHECK(has_test(js, one));
  CHECK_FALSE(has_test(js, skipped));
  CHECK(has_test(js, one + skipped));
  CHECK(has_test(js, skipped + one));
  CHECK(has_test(js, skipped + one + skipped));
  CHECK(has_test(js, "it.todo('later');\n" + one));
  const std::string plain = "def test_a(): assert f() == 1\n",
                    off = "@pytest.mark.skip\ndef test_b(): assert g() == 1\n";
  CHECK_FALSE(has_test(py, off));
  CHECK(has_test(py, plain + off));
  CHECK(has_test(py, off + plain));
  CHECK_FALSE(has_test(py, "@pytest.mark.skip(reason='x')\n@pytest.mark.slow\ndef test_b():\n    assert g() == 1\n"));
  CHECK_FALSE(has_test(py, "def test_b():\n    pytest.skip('not here')\n    assert g() == 1\n"));
  CHECK_FALSE(has_test("tests/t.rs", "#[test]\n#[ignore]\nfn t() {\n    assert_eq!(b(), 1);\n}\n"));
  CHECK_FALSE(
      has_test("src/test/java/T.java", "class T {\n  @Test\n  @Disabled\n  void t() { assertEquals(1, b()); }\n}\n"));
  CHECK_FALSE(
      has_test("src/test/java/T.java", "class T {\n  @Disabled\n  @Test\n  void t() { assertEquals(1, b()); }\n}\n"));
  CHECK_FALSE(has_test("a_test.go",
                       "package m\n\nfunc TestA(t *testing.T) {\n\tt.Skip(\"x\")\n\tassert.Equal(t, 1, A())\n}\n"));
}

TEST_CASE("an assertion that the next line goes on with compares more than the literal that stands in it") {
  const std::string begin = "class T {\n  @Test\n  void t() {\n    assertEquals(3", end = ");\n  }\n}\n";
  const std::string path = "src/test/java/T.java";
  CHECK(has_test(path, begin + ",\n        B.sum(1, 2)" + end));
  CHECK(has_test(path, begin + ", B.sum(1, 2)" + end));
  CHECK_FALSE(has_test(path, begin + ", 3" + end));
  CHECK(has_test("test/a.test.js", "test('x', () => {\n  expect(\n    f()\n  ).toBe(1);\n});\n"));
  CHECK_FALSE(has_test("test/a.test.js", "test('x', () => {\n  expect(true).toBe(true);\n});\n"));
}

TEST_CASE("one page does not say that CI is missing, and what it lacks") {
  const Files files = {
      {"package.json", R"({"name": "@org/queue"})"}, {"src/queue.js", code}, {"test/a.test.js", checked}};
  const Report report = audited(files);
  for (const char* id : {"integration/tests", "integration/checks", "integration/actions"})
    CHECK(judgement_of(report, id).finding.lacks == "there is no continuous integration");
  Files with = files;
  with[".github/workflows/ci.yml"] = "on: pull_request\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: echo x\n";
  const Report some = audited(with);
  CHECK(judgement_of(some, "integration/tests").finding.lacks == "continuous integration runs no tests");
  CHECK(judgement_of(some, "integration/checks").finding.lacks ==
        "continuous integration runs no linter, type checker or formatter");
  CHECK(judgement_of(some, "integration/actions").finding.lacks == "CI uses nobody else's actions");
}

}  // namespace
}  // namespace cascade::audit
