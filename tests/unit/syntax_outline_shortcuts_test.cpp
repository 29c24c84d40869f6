// What the outline passes over without a look gives the same as reading it line by line.
#include "syntax/block_starts.h"
#include "syntax/lines.h"
#include "syntax/link_parts.h"
#include "syntax/outline.h"
#include "syntax_outline_text.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>
#include <iterator>
#include <string>

using namespace cascade::syntax;
using cascade::test::SeededRandom;

namespace {

template <std::size_t N>
std::string random_text(const std::string_view (&pieces)[N], SeededRandom& random, std::uint32_t most) {
  std::string text;
  for (std::uint32_t n = random.below(most); n > 0; --n) text += pieces[random.below(N)];
  return text;
}

std::size_t next_line(std::string_view text, std::size_t at) { return skip_line_end(text, find_line_end(text, at)); }

// What FenceEnds says, line by line.
std::size_t closing_line_by_line(std::string_view text, std::size_t offset, char mark, std::size_t length) {
  for (; offset < text.size(); offset = next_line(text, offset)) {
    const BlockLine line(text, offset, find_line_end(text, offset));
    if (line.peek() == mark && !line.indented() && fence_closing(line.rest(), mark) >= length) return offset;
  }
  return std::string::npos;
}

// Every line behind "> ": the text as it stands, one level deeper.
std::string in_quotes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at = next_line(text, at)) {
    out += "> ";
    out += text.substr(at, next_line(text, at) - at);
  }
  return out;
}

// Kind, lines, nesting and text of each block.
std::string shown(const std::string& text, const Outline& outline, std::size_t from, std::uint32_t depth) {
  const LineIndex lines(text);
  std::string out;
  for (std::size_t i = from; i < outline.blocks.size(); ++i) {
    const Block& block = outline.blocks[i];
    out += std::string(test::show(block.kind)) + std::to_string(block.level) + (block.closed ? " " : "! ") +
           std::to_string(block.line) + "-" + std::to_string(lines.line_at(block.end - 1)) + " " +
           std::to_string(block.depth - depth) + " " + block.text + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("the line that closes a fence is the one that reading line by line finds") {
  constexpr std::string_view lines[] = {
      "```\n", "````\n", "~~~\n",   "  ~~~~ \n", "    ```\n", "``` x\n",      "a\n",          "\n",
      "``\n",  "```\r",  "~~~~~\r", "a```",      "````",      "   ```\t\r\n", " \t```\n",     "\xC3\xA9```\n",
      "```",   "\r",     "```\v\n", "~~~ \r\n",  "\t\n",      "~~~ `\n",      {"```\0\n", 5}, {"\0\n", 2},
  };
  SeededRandom random{7};
  for (int round = 0; round < 5'000; ++round) {
    const std::string text = random_text(lines, random, 12);
    CAPTURE(text);
    FenceEnds ends(text);  // asked in order, as the outline does
    for (std::size_t offset = 0; offset < text.size(); offset = next_line(text, offset))
      for (const char mark : {'`', '~'})
        for (std::size_t length = 3; length < 6; ++length) {
          const std::size_t expected = closing_line_by_line(text, offset, mark, length);
          REQUIRE(FenceEnds(text).closing_line(offset, mark, length) == expected);
          REQUIRE(ends.closing_line(offset, mark, length) == expected);
        }
  }
}

TEST_CASE("no block begins with a byte that is not among the marks") {
  constexpr std::string_view pieces[] = {"-", "=", "`", "#", ">", "|", ":", " ", "\t", "a", "1.", "<!--", "\r"};
  SeededRandom random{11};
  for (int byte = 0; byte < 256; ++byte) {
    const char first = static_cast<char>(byte);
    if (may_begin_block(first) || first == ' ' || first == '\t') continue;
    for (int round = 0; round < 50; ++round) {
      const std::string text = first + random_text(pieces, random, 6);
      CAPTURE(text);
      BlockLine line(text, 0, text.size());
      REQUIRE(take_list_marker(line, false) == 0);
      REQUIRE_FALSE(atx_heading(text).has_value());
      REQUIRE_FALSE(fence_opening(text).has_value());
      REQUIRE(setext_level(text) == 0);
      REQUIRE_FALSE(is_thematic_break(text));
      REQUIRE(html_start(text, false) == HtmlKind::none);
      REQUIRE(delimiter_cells(text) == 0);
    }
  }
}

TEST_CASE("fences, empty lines and plain lines read as they do in a quote, where each is looked at closely") {
  constexpr std::string_view pieces[] = {
      "```\n",     "````\n",    "~~~\n",   "``` a\n",   "```\r\n", "  ```",   "    ",     "a\n",   "\n",
      "\n",        "\r\n",      "\r",      "# b\n",     "- c\n",   "1. ",     "> ",       "|-|\n", "---\n",
      "<pre>\n",   "</pre>\n",  "<!--\n",  "-->\n",     "- ",      "* ",      "+ d\n",    "**e**", "`f` g\n",
      "- **h**\n", "* `i`\n",   "-\n",     "<div>\n",   "  j\n",   "    k\n", "\xC3\xA9", "\xFF",  {"\0", 1},
      "[a]: b\n",  "~~~~ \n",   "```sh\n", "- [ ] l\n", "**",      "*",       "===\n",    "|a|\n", "- - m\n",
      "-  n\n",    "-     o\n", "* * *\n", "- ---\n",   "  - p\n"};
  SeededRandom random{19};
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = "a\n" + random_text(pieces, random, 20);
    const std::string deeper = in_quotes(text);
    CAPTURE(text);
    const Outline outline = scan_outline(text, Recovery::off), inside = scan_outline(deeper, Recovery::off);
    REQUIRE(shown(text, outline, 0, 0) == shown(deeper, inside, 1, 1));
  }
}

TEST_CASE("the outline of what follows in a file is that of the text alone") {
  constexpr std::string_view pieces[] = {"\n", "\r\n",  "\r", "# a\n", "- ",    "b",   "```\n",        "```js\n",
                                         "> ", "---\n", "\t", " ",     "|-|\n", "~~~", "\xEF\xBB\xBF", "<!--\n"};
  SeededRandom random{23};
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = random_text(pieces, random, 25);
    const LineIndex lines(text);
    const std::size_t begin = random.below(text.size() + 1);
    CAPTURE(text, begin);
    for (const Recovery recovery : {Recovery::off, Recovery::on}) {
      const std::string body = text.substr(begin);
      const Outline part = scan_outline(lines, begin, recovery), alone = scan_outline(body, recovery);
      REQUIRE(shown(body, part, 0, 0) == shown(body, alone, 0, 0));
      REQUIRE(part.headings == alone.headings);
      REQUIRE(part.recovered_fences == alone.recovered_fences);
    }
  }
}

TEST_CASE("a paragraph is taken for link definitions exactly when it is nothing else") {
  constexpr std::string_view pieces[] = {"[a]", "[",  "]",    "]:", "[b]: /c", "\\", ": ",     "/d",
                                         "\n",  "\n", "[ ] ", "x",  "\"t\"",   "[",  "[e]:\n", "\xC3\xA9"};
  SeededRandom random{29};
  for (int round = 0; round < 5'000; ++round) {
    std::string text = "[" + random_text(pieces, random, 9);
    while (text.find("\n\n") != std::string::npos) text.erase(text.find("\n\n"), 1);
    while (text.back() == '\n') text.pop_back();
    std::string content;  // as the outline joins it: blanks at the begin of a line are not its own
    for (std::size_t at = 0; at < text.size(); at = next_line(text, at)) {
      const std::size_t end = find_line_end(text, at);
      content += (at == 0 ? "" : "\n") + text.substr(at, end - at).erase(0, text.find_first_not_of(' ', at) - at);
    }
    CAPTURE(text);
    LinkLabels labels;
    const bool expected = take_link_definitions(content, labels) >= content.size();
    REQUIRE(scan_outline(text, Recovery::off).blocks.empty() == expected);
  }
}

TEST_CASE("a heading with no marks but character references reads as any other") {
  constexpr std::string_view pieces[] = {"&amp;", "&quot;", "&", "&#32;", "&nope;", " ",    "\t",       "a",
                                         "; b",   "&#x27;", "!", "\xFF",  "&lt;x",  "&#0;", "\xC3\xA9", "&#9;"};
  SeededRandom random{37};
  for (int round = 0; round < 5'000; ++round) {
    const std::string raw = random_text(pieces, random, 10);
    CAPTURE(raw);
    REQUIRE(heading_text(raw, {}) == heading_text(raw + "<!---->", {}));
  }
}
