#include "syntax/outline.h"

#include "syntax_outline_text.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace cascade::syntax;

namespace {

std::string outline(std::string_view text) { return test::show(scan_outline(text)); }

}  // namespace

TEST_CASE("trap 39: behind a fence that is never closed, reading goes on at the next heading") {
  const std::string text = "# A\n\n```js\nconst x = findSki\n\n## B\n\ntext\n\n~~~sh\nls\n~~~\n";
  CHECK(outline(text) == "h1:A, fence(js)!, h2:B, p, fence(sh)");
  CHECK(scan_outline(text).recovered_fences == std::vector<std::size_t>{1});
  CHECK(test::show(scan_outline(text, Recovery::off)) == "h1:A, fence(js)!");
}

TEST_CASE("a fence that is closed somewhere is left as it is") {
  CHECK(outline("```\na\n\n## B\n\n```\n\n# C\n") == "fence, h1:C");
  CHECK(outline("```js\na\n\n## B\n\n```sh\nls\n```\n\n# C\n") == "fence(js), h1:C");
}

TEST_CASE("a fence right below a tag that HTML does not know is a fence") {
  const std::string text = "<examples>\nOne:\n```\na\n\nb\n```\n\nTwo:\n```\nc\n```\n</examples>\n\n# A\n";
  CHECK(outline(text) == "html, fence, p, fence, html, h1:A");
  CHECK(test::show(scan_outline(text, Recovery::off)) == "html, p, fence, p, fence!");
  CHECK(outline("<div>\n```\na\n```\n</div>\n\n# A\n") == "html, h1:A");
}

TEST_CASE("comments in code are no headings to go on at") {
  CHECK(outline("```bash\nls\n\n# comment\nls\n\n# comment\n\nls\n") == "fence(bash)!");
  CHECK(outline("```\nls\n\n# comment\nls\n\n# Heading\n\ntext\n") == "fence!, h1:Heading, p");
  CHECK(outline("```markdown\n## Template\n\n## More\n\ntext\n") == "fence(markdown)!, h2:More, p");
}

TEST_CASE("banners of three lines are places to go on at") {
  CHECK(outline("```js\nfindSki\n\n/*----------*/\n/* S4 NEXT  */\n/*----------*/\n\ntext\n") == "fence(js)!, p, p");
  CHECK(outline("```yaml\na: b\n\n---\nS5 NEXT\n---\n\ntext\n") == "fence(yaml)!, rule, h2:S5 NEXT, p");
  CHECK(outline("```yaml\na: b\n---\nc: d\n---\ne: f\n") == "fence(yaml)!");
  CHECK(outline("```md\n# T\n\n## U\n\n---\nS5 NEXT\n---\n\ntext\n") == "fence(md)!, rule, h2:S5 NEXT, p");
}

TEST_CASE("several unclosed fences are recovered from one after the other") {
  const std::string text = "```a\nx\n\n## B\n\n```c\ny\n\n## D\n\n~~~e\nz\n\n## F\n";
  CHECK(outline(text) == "fence(a)!, h2:B, fence(c)!, h2:D, fence(e)!, h2:F");
  CHECK(scan_outline(text).recovered_fences.size() == 3);
}

TEST_CASE("an HTML block that is never closed does not swallow later headings") {
  const std::string text = "<pre>\nname: &quot;x&quot;\n\n## B\n\ntext\n";
  CHECK(outline(text) == "html!, h2:B, p");
  CHECK(scan_outline(text).recovered_html == std::vector<std::size_t>{0});
  CHECK(outline("<!-- never closed\n\n# B\n\ntext\n") == "html!, h1:B, p");
  CHECK(outline("<pre>\n\n## B\n\n</pre>\n# C\n") == "html, h1:C");
}

TEST_CASE("trap 40: a document collapsed into one heading line is a paragraph") {
  const std::string text = "# A\n## Phase 0: Expertise Loading```yaml" + std::string(800, 'x') + "```\n\n## B\n";
  CHECK(outline(text) == "h1:A, p, h2:B");
  CHECK(scan_outline(text).collapsed == std::vector<std::size_t>{1});
  CHECK(outline("# " + std::string(300, 'x') + "\n") == "h1:" + std::string(300, 'x'));
}

TEST_CASE("an embedded second front matter is no heading of eight hundred characters") {
  std::string text = "<details><pre>---\n\n---\nname: x\n";
  for (int i = 0; i < 40; ++i) text += "key" + std::to_string(i) + ": some value\n";
  CHECK(outline(text + "---\n\n# B\n") == "html, rule, p, rule, h1:B");
}
