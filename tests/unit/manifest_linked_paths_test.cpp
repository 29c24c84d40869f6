#include "bundle/linked_files.h"

#include <catch2/catch.hpp>
#include <string>

namespace cascade::manifest {
namespace {

std::string paths_of(const std::string& text) {
  std::string out;
  for (const std::string& path : linked_paths(text)) out += (out.empty() ? "" : " | ") + path;
  return out;
}

}  // namespace

TEST_CASE("links, code spans, at-signs and the skill's folder lead to files") {
  CHECK(paths_of("See [forms](references/forms.md) and [it](<more/it.md>).") == "references/forms.md | more/it.md");
  CHECK(paths_of("Read `references/a.md`, then `./b.json`.") == "references/a.md | b.json");
  CHECK(paths_of("Follow @testing.md. Write to me@here.com") == "testing.md");
  CHECK(paths_of("Run ${CLAUDE_SKILL_DIR}/scripts/check.py now.") == "scripts/check.py");
  CHECK(paths_of("`${CLAUDE_SKILL_DIR}/scripts/check.py`") == "scripts/check.py");
}

TEST_CASE("a word of prose, of a longer code span and of a code block leads to a file") {
  CHECK(paths_of("For forms, see FORMS.md; for the rest, reference.md.") == "FORMS.md | reference.md");
  CHECK(paths_of("`scripts/check_workbook.py FILE --computed`") == "scripts/check_workbook.py");
  CHECK(paths_of("```sh\npython3 scripts/recalc.py book.xlsx\n```") == "scripts/recalc.py | book.xlsx");
  CHECK(paths_of("`--template=assets/letter.docx` (assets/logo.png), \"data/rates.csv\"") ==
        "assets/letter.docx | assets/logo.png | data/rates.csv");
}

TEST_CASE("each file is named once, without its fragment, its escapes read") {
  CHECK(paths_of("[a](a.md#one) [again](./a.md?x) `a.md`") == "a.md");
  CHECK(paths_of("[a](a%20b.md)") == "a b.md");
  CHECK(paths_of("[up](../shared/rules.md)") == "../shared/rules.md");
}

TEST_CASE("addresses, absolute paths, patterns, placeholders and words are no files") {
  CHECK(paths_of("[a](https://x.org/a.md) [b](/etc/passwd.txt) [c](~/c.md) [d](#d) `*.md` `<name>.md`") == "");
  CHECK(paths_of("`git` `v1.2` `...` `x.y()` `a:b.md` `.env` `{x}.md`") == "");
  CHECK(paths_of("[a](a%00.md)") == "");
}

TEST_CASE("a text with thousands of paths gives the first ones") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "`f" + std::to_string(i) + ".md` ";
  CHECK(linked_paths(text).size() == most_linked_paths);
}

}  // namespace cascade::manifest
