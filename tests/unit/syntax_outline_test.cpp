#include "syntax/outline.h"

#include "syntax_outline_text.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cascade::syntax;

namespace {

std::string outline(std::string_view text) { return test::show(scan_outline(text, Recovery::off)); }
std::string lines(std::string_view text) { return test::show(scan_outline(text, Recovery::off), text); }

}  // namespace

TEST_CASE("ATX headings have one to six hashes and a blank behind them") {
  CHECK(outline("# One\n###### Six\n####### Seven\n#None\n#\tTab\n#\n") == "h1:One, h6:Six, p, h1:Tab, h1:");
  CHECK(outline("   ## Three spaces\n    # Four\n") == "h2:Three spaces, code");
  CHECK(outline("# Closed #\n## Closed ####  \n# Not#\n# #\n# a \\#\n") ==
        "h1:Closed, h2:Closed, h1:Not#, h1:, h1:a #");
  CHECK(outline("text\n# Heading\ntext\n") == "p, h1:Heading, p");
}

TEST_CASE("setext headings are paragraphs underlined") {
  CHECK(lines("One\ntwo\n===\n\nThree\n---\n") == "h1:One two@1-3, h2:Three@5-6");
  CHECK(outline("One\n==x\n") == "p");
  CHECK(outline("> One\n---\n") == "quote, >p, rule");
  CHECK(outline("- One\n---\n") == "item, >p, rule");
  CHECK(outline("[a]: /b\n===\n") == "p");
  CHECK(outline("[a]: /b\nText\n===\n") == "h1:Text");
}

TEST_CASE("fences end at a fence of the same mark that is no shorter") {
  CHECK(lines("```bash\n# no heading\n```\ntext\n") == "fence(bash)@1-3, p@4");
  CHECK(outline("````\n```\n# no\n```\n````\n# Yes\n") == "fence, h1:Yes");
  CHECK(outline("~~~ a b\n```\n~~~~\n# Yes\n") == "fence(a b), h1:Yes");
  CHECK(outline("``` a`b\ntext\n") == "p");
  CHECK(outline("``\ntext\n``\n") == "p");
  CHECK(outline("text\n```\ncode\n```\ntext\n") == "p, fence, p");
  CHECK(outline("```\n   ```\n# Yes\n") == "fence, h1:Yes");
  CHECK(outline("```\n    ```\n# No\n") == "fence!");
}

TEST_CASE("a fence ends with its list item or quote") {
  CHECK(outline("- ```\n  code\n# Yes\n") == "item, >fence!, h1:Yes");
  CHECK(outline("> ```\n> code\n# Yes\n") == "quote, >fence!, h1:Yes");
}

TEST_CASE("indented code begins after a blank line and ends before one") {
  CHECK(lines("    code\n\n    code\n\ntext\n") == "code@1-3, p@5");
  CHECK(outline("text\n    more text\n") == "p");
  CHECK(outline("\tcode\n") == "code");
  CHECK(outline(" \t code\n") == "code");
}

TEST_CASE("the seven kinds of HTML blocks end where each ends") {
  CHECK(lines("<pre>\n\n# no\n</pre>\n# Yes\n") == "html@1-4, h1:Yes@5");
  CHECK(lines("<!-- a\n\n# no\n-->\n# Yes\n") == "html@1-4, h1:Yes@5");
  CHECK(outline("<!-- one line -->\n# Yes\n") == "html, h1:Yes");
  CHECK(outline("<?x\n\n# no\n?>\n# Yes\n") == "html, h1:Yes");
  CHECK(outline("<!X\n\n# no >\n# Yes\n") == "html, h1:Yes");
  CHECK(outline("<![CDATA[\n\n# no\n]]>\n# Yes\n") == "html, h1:Yes");
  CHECK(outline("<details>\n# no\n\n# Yes\n</details>\n# no\n") == "html, h1:Yes, html");
  CHECK(outline("<my-tag a=\"b\">\n# no\n\n# Yes\n") == "html, h1:Yes");
  CHECK(outline("text\n<my-tag>\n# Yes\n") == "p, h1:Yes");
  CHECK(outline("text\n<div>\n# no\n") == "p, html");
  CHECK(outline("<a b>text\n# Yes\n") == "p, h1:Yes");
  CHECK(outline("<pre\n\n# no\n") == "html!");
}

TEST_CASE("quotes hold blocks, and their paragraphs may go on without a mark") {
  CHECK(lines("> # A\n> text\nlazy\n\ntext\n") == "quote@1-3, >h1:A@1, >p@2-3, p@5");
  CHECK(outline("> > a\n> b\nc\n") == "quote, >quote, >>p");
  CHECK(outline("> a\n# H\n") == "quote, >p, h1:H");
  CHECK(outline(">     code\n    text\n") == "quote, >code, code");
  CHECK(outline("> a\n    b\n") == "quote, >p");
}

TEST_CASE("list items hold what is indented to their text") {
  CHECK(lines("- a\n\n  b\n- c\n\nd\n") == "item@1-3, >p@1, >p@3, item@4, >p@4, p@6");
  CHECK(outline("1. # A\n   text\n10) b\n") == "item, >h1:A, >p, item, >p");
  CHECK(outline("- a\n  - b\n    - c\n") == "item, >p, >item, >>p, >>item, >>>p");
  CHECK(outline("-     code\n") == "item, >code");
  CHECK(outline("- a\nlazy\n") == "item, >p");
  CHECK(outline("-\n\n  text\n") == "item, p");
  CHECK(outline("-\n  text\n") == "item, >p");
  CHECK(outline("-\tfoo\n\n\tbar\n") == "item, >p, >p");
  CHECK(outline("- - - a\n") == "item, >item, >>item, >>>p");
}

TEST_CASE("what may interrupt a paragraph") {
  CHECK(outline("text\n- item\n") == "p, item, >p");
  CHECK(outline("text\n1. item\n") == "p, item, >p");
  CHECK(outline("text\n2. no item\n") == "p");
  CHECK(outline("text\n*\n") == "p");
  CHECK(outline("text\n***\n") == "p, rule");
  CHECK(outline("text\n> quote\n") == "p, quote, >p");
}

TEST_CASE("thematic breaks are no list items and no underlines") {
  CHECK(outline("* * *\n- - -\n___\n--\n") == "rule, rule, rule, p");
  CHECK(outline("- a\n- * * *\n") == "item, >p, item, >rule");
}

TEST_CASE("tables need a delimiter row with as many cells as the head") {
  CHECK(lines("| a | b |\n|---|:-:|\n| c |\nd\n\ne\n") == "table@1-4, p@6");
  CHECK(outline("| a | b |\n|---|\n") == "p");
  CHECK(outline("a\n:-\n") == "table");
  CHECK(outline("a\n-\n") == "h2:a");
  CHECK(lines("text\n| a |\n|---|\n| b |\n") == "p@1, table@2-4");
  CHECK(outline("| a \\| b |\n|---|\n") == "table");
  CHECK(outline("| a |\n|---|\n| b |\n---\n") == "table, rule");
  CHECK(outline("| a |\n|---|\n# H\n| b |\n") == "table, h1:H, p");
}

TEST_CASE("link reference definitions are not paragraphs") {
  CHECK(outline("[a]: /b 'title'\n[c]: <d e>\n\n# H\n") == "h1:H");
  CHECK(outline("[a]: /b\ntext\n") == "p");
  CHECK(outline("[a]: /b 'title' x\n") == "p");
}

TEST_CASE("headings where sections begin are those outside lists and quotes") {
  const Outline found = scan_outline("# A\n> # B\n- # C\n\n# D\n");
  std::string texts;
  for (const std::size_t index : found.headings) texts += found.blocks[index].text;
  CHECK(texts == "AD");
}

TEST_CASE("lines end with LF, CRLF or CR, and a byte order mark is skipped") {
  CHECK(outline("# A\r\ntext\r\n\r\n# B") == "h1:A, p, h1:B");
  CHECK(outline("# A\rtext\r\r# B\r") == "h1:A, p, h1:B");
  CHECK(outline("\xEF\xBB\xBF# A\n") == "h1:A");
  CHECK(outline("") == "");
  CHECK(outline("\n\n \n") == "");
}

TEST_CASE("the offsets of a block are whole lines") {
  const std::string text = "text\n\n- item\n  # A\n\nlast";
  std::string out;
  for (const Block& block : scan_outline(text).blocks)
    out += "[" + text.substr(block.begin, block.end - block.begin) + "]";
  CHECK(out == "[text\n][- item\n  # A\n][- item\n][  # A\n][last]");
}
