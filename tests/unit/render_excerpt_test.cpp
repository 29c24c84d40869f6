#include "render/findings.h"

#include <catch2/catch.hpp>

namespace cascade::rendering {
namespace {

std::string shown(const std::string& text, std::uint32_t line, std::uint32_t column, std::uint32_t end_line = 0,
                  std::uint32_t end_column = 0) {
  return "\n" + excerpt(syntax::LineIndex(text), {"x", line, column, end_line, end_column}, Paint());
}

}  // namespace

TEST_CASE("the caret stands below the place") {
  CHECK(shown("---\nname: csv-cleaner\n---\n", 2, 7, 2, 18) == R"(
   |
 2 | name: csv-cleaner
   |       ^^^^^^^^^^^
)");
  CHECK(shown("a\n", 1, 1) == R"(
   |
 1 | a
   | ^
)");
}

TEST_CASE("wide characters take two columns, marks none, tabs one") {
  CHECK(shown("会議: x\n", 1, 5) == "\n   |\n 1 | 会議: x\n   |       ^\n");
  CHECK(shown("会議\n", 1, 2, 1, 3) == "\n   |\n 1 | 会議\n   |   ^^\n");
  CHECK(shown("e\xCC\x81x\n", 1, 3) == "\n   |\n 1 | e\xCC\x81x\n   |  ^\n");
  CHECK(shown("a\tb\n", 1, 3) == "\n   |\n 1 | a b\n   |   ^\n");
}

TEST_CASE("the margin is as wide as the line number") {
  CHECK(shown(std::string(99, '\n') + "text", 100, 3) == R"(
     |
 100 | text
     |   ^
)");
}

TEST_CASE("columns count code points, hidden characters stand as their number") {
  CHECK(shown("\xC3\xA4\xE2\x80\xAE"
              "b",
              1, 3) == "\n   |\n 1 | \xC3\xA4<U+202E>b\n   |          ^\n");
  CHECK(shown("\xC3\xA4\xE2\x80\xAE"
              "b",
              1, 2, 1, 3) == "\n   |\n 1 | \xC3\xA4<U+202E>b\n   |  ^^^^^^^^\n");
  CHECK(shown("\tx", 1, 2) == "\n   |\n 1 |  x\n   |  ^\n");
}

TEST_CASE("a place past the end of the line is behind it") {
  CHECK(shown("ab\n", 1, 3) == "\n   |\n 1 | ab\n   |   ^\n");
  CHECK(shown("ab\n", 1, 99) == "\n   |\n 1 | ab\n   |   ^\n");
  CHECK(shown("", 1, 1) == "\n   |\n 1 |\n   | ^\n");
}

TEST_CASE("a place that spans lines is marked to the end of its first") {
  CHECK(shown("abcd\nef\n", 1, 3, 2, 1) == "\n   |\n 1 | abcd\n   |   ^^\n");
}

TEST_CASE("no column: the line without a caret; no such line: nothing") {
  CHECK(shown("ab\n", 1, 0) == "\n   |\n 1 | ab\n");
  CHECK(shown("ab\n", 9, 1) == "\n");
  CHECK(shown("ab\n", 0, 0) == "\n");
}

TEST_CASE("a long line is cut around the place") {
  const std::string text = shown(std::string(5000, 'a') + "b" + std::string(5000, 'c'), 1, 5001);
  CHECK(text.find(" | ..." + std::string(40, 'a') + "bc") != std::string::npos);
  CHECK(text.find("c...\n") != std::string::npos);
  CHECK(text.size() < 300);
  CHECK(text.substr(text.size() - 2) == "^\n");
  CHECK(shown(std::string(10'000'000, 'a'), 1, 9'999'999).size() < 300);
}

TEST_CASE("the caret stays below its place among wide characters") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "\xE2\x80\xAE";
  CHECK(shown(text + "x" + text, 1, 301) ==
        "\n   |\n 1 | ...<U+202E><U+202E><U+202E><U+202E><U+202E>x<U+202E><U+202E><U+202E><U+202E><U+202E><U+202E>"
        "<U+202E><U+202E>...\n   |    " +
            std::string(40, ' ') + "^\n");
}

}  // namespace cascade::rendering
