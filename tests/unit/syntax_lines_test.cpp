#include "syntax/lines.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace cascade::syntax;

namespace {

std::string at(std::string_view text, std::size_t offset) {
  const Position index = LineIndex(text).at(offset);
  CHECK(LineCursor(text).at(offset) == index);
  return std::to_string(index.line) + ":" + std::to_string(index.column);
}

// The lines of a text, each followed by '|'.
std::string lines(std::string_view text) {
  const LineIndex index(text);
  std::string out;
  for (std::uint32_t line = 1; line <= index.lines(); ++line) out += std::string(index.line(line)) + "|";
  return out;
}

}  // namespace

TEST_CASE("lines end with LF, CRLF or a lone CR") {
  CHECK(lines("") == "|");
  CHECK(lines("a") == "a|");
  CHECK(lines("a\nb\r\nc\rd") == "a|b|c|d|");
  CHECK(lines("a\n") == "a||");
  CHECK(lines("\r\r\n\n") == "||||");
}

TEST_CASE("the next line end is found among all other bytes") {
  std::string text(600, 'x');
  for (std::size_t i = 0; i < 256; ++i) text[2 * i + 40] = static_cast<char>(i);
  for (std::size_t offset = 0; offset <= text.size() + 1; ++offset)
    CHECK(find_line_end(text, offset) == std::min(text.find_first_of("\r\n", offset), text.size()));
  for (const std::string_view shorter : {"", "a", "\n", "\tb\r", "1234567", "12345678", "1234567\n", "\t\v\f5678\r"})
    CHECK(find_line_end(shorter, 0) == std::min(shorter.find_first_of("\r\n"), shorter.size()));
}

TEST_CASE("columns count code points from 1") {
  CHECK(at("abc", 0) == "1:1");
  CHECK(at("a\xC3\xA9z", 3) == "1:3");
  CHECK(at("\xF0\x9F\x9A\x80 b", 5) == "1:3");
  CHECK(at("one\ntwo", 4) == "2:1");
  CHECK(at("one\r\ntwo", 7) == "2:3");
  CHECK(at("one\r\ntwo", 4) == "1:5");
}

TEST_CASE("each maximal ill-formed part of UTF-8 is one column") { CHECK(at("\xE2\x82|\xFF\xFF|", 5) == "1:5"); }

TEST_CASE("a byte order mark takes no column") {
  CHECK(at("\xEF\xBB\xBF---", 3) == "1:1");
  CHECK(at("\xEF\xBB\xBF---", 4) == "1:2");
  CHECK(at("\xEF\xBB\xBF---\nx", 7) == "2:1");
}

TEST_CASE("offsets and lines past the end give the end") {
  const LineIndex index("a\nbc");
  CHECK(index.at(99) == Position{2, 3});
  CHECK(index.start(2) == 2);
  CHECK(index.start(3) == 4);
  CHECK(index.line(3).empty());
  CHECK(index.line(0).empty());
  CHECK(LineCursor("a\nbc").at(99) == Position{2, 3});
}

TEST_CASE("a cursor gives the same positions as the index, ascending or not") {
  std::uint32_t state = 1;
  const auto random = [&state](std::uint32_t below) { return (state = state * 1664525 + 1013904223) / 7 % below; };
  const std::string_view pieces[] = {"a", "\n", "\r", "\r\n", "\xC3\xA9", "\xE2\x82\xAC", "bc ", "\t"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    std::vector<std::size_t> offsets{0};
    for (std::uint32_t n = random(40); n > 0; --n) {
      text += pieces[random(8)];
      offsets.push_back(text.size());
    }
    const LineIndex index(text);
    LineCursor cursor(text);
    for (const std::size_t offset : offsets) CHECK(cursor.at(offset) == index.at(offset));
    for (int i = 0; i < 10; ++i) {
      const std::size_t offset = offsets[random(static_cast<std::uint32_t>(offsets.size()))];
      CHECK(cursor.at(offset) == index.at(offset));
    }
  }
}

TEST_CASE("a cursor may begin at any line of a file") { CHECK(LineCursor("a\nb", 7).at(2) == Position{8, 1}); }

TEST_CASE("a million offsets of one long line take linear time") {
  const std::string text(1'000'000, 'x');
  LineCursor cursor(text);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) sum += cursor.at(i).column;
  CHECK(sum == 500'000'500'000U);
}
