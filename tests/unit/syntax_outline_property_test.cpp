// Whatever the bytes: blocks are in order, in bounds, whole lines, and cover all that is not blank. And hostile sizes
// end soon.
#include "syntax/lines.h"
#include "syntax/outline.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "unit/seeded_random.h"

using namespace cascade::syntax;
using cascade::test::SeededRandom;

namespace {

std::string random_text(SeededRandom& random) {
  constexpr std::string_view pieces[] = {
      "\n",   "\n",  "\n\n", " ",    "    ", "\t",    "a",      "b c",   "# ",  "## ", "###### ", "> ",
      "- ",   "* ",  "1. ",  "2)",   "---",  "===",   "***",    "```",   "~~~", "`",   "|",       "|-|",
      "[a]:", "[a]", "(b)",  "<!--", "-->",  "<pre>", "</pre>", "<div>", "\\",  "\r",  "\r\n",    "\xFF"};
  std::string text;
  for (std::uint32_t n = random.below(60); n > 0; --n) text += pieces[random.below(36)];
  return text;
}

bool is_container(const Block& block) { return block.kind == BlockKind::list_item || block.kind == BlockKind::quote; }

void check(const std::string& text, Recovery recovery) {
  const Outline outline = scan_outline(text, recovery);
  const LineIndex lines(text);
  std::vector<bool> covered(text.size() + 1, false);
  std::size_t end = 0, begin = 0;
  for (const Block& block : outline.blocks) {
    REQUIRE(block.begin < block.end);
    REQUIRE(block.end <= text.size());
    REQUIRE(block.begin >= begin);
    REQUIRE(lines.start(block.line) == block.begin);
    REQUIRE((block.end == text.size() || lines.start(lines.line_at(block.end)) == block.end));
    REQUIRE((block.kind == BlockKind::heading) == (block.level != 0));
    begin = block.begin;
    if (is_container(block)) continue;
    REQUIRE(block.begin >= end);
    end = block.end;
    for (std::size_t i = block.begin; i < block.end; ++i) covered[i] = true;
    std::size_t last = block.begin;
    for (const InlineSpan& span : scan_inline(text, block.begin, block.end)) {
      REQUIRE(span.begin >= last);
      REQUIRE(span.end > span.begin);
      REQUIRE(span.end <= block.end);
      last = span.end;
    }
  }
  for (const std::size_t index : outline.headings) REQUIRE(outline.blocks.at(index).kind == BlockKind::heading);
  for (const std::size_t index : outline.recovered_fences) REQUIRE_FALSE(outline.blocks.at(index).closed);
  for (const std::size_t index : outline.collapsed) REQUIRE(outline.blocks.at(index).kind == BlockKind::paragraph);
  // What no leaf covers is blank, a mark of a container, or a link definition (each of those holds a '[').
  for (std::uint32_t line = 1; line <= lines.lines(); ++line) {
    const std::string_view bytes = lines.line(line);
    if (bytes.empty() || covered[lines.start(line)]) continue;
    REQUIRE((bytes.find_first_not_of(" \t>-*.)12\r") == std::string_view::npos || text.find('[') != std::string::npos));
  }
}

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

}  // namespace

TEST_CASE("blocks of random text are ordered whole lines that cover it") {
  SeededRandom random{20260801};
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random);
    CAPTURE(text);
    check(text, Recovery::off);
    check(text, Recovery::on);
  }
}

TEST_CASE("blocks of random bytes are ordered whole lines that cover them") {
  SeededRandom random{7};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (std::uint32_t n = random.below(200); n > 0; --n) text += static_cast<char>(random.below(256));
    check(text, Recovery::off);
    check(text, Recovery::on);
  }
}

TEST_CASE("hostile megabytes take linear time and no recursion") {
  constexpr std::size_t n = 1'000'000;
  CHECK(scan_outline(std::string(10'000'000, 'x')).blocks.size() == 1);
  CHECK(scan_outline(std::string(n, '\n')).blocks.empty());
  for (const std::string& text :
       {repeat(">", n), repeat("- ", n), repeat("-\n", n), repeat("- ", 400) + repeat("\n", n), repeat("[", n),
        repeat("# [", n), "# " + repeat("[", n), "# " + repeat("[a](b", n), "# " + repeat("*a ", n),
        "# " + repeat("*_", n), repeat("```a\n\n## h\n\n", n), repeat("<pre>\n\n## h\n\n", n), repeat("<!--\n\n", n),
        repeat("|-|\n", n), repeat("[a]: b\n", n), repeat("a\n", n) + "===\n", repeat("<a b=\"", n)}) {
    CHECK(scan_outline(text, Recovery::off).blocks.size() <= text.size());
    CHECK(scan_outline(text, Recovery::on).blocks.size() <= text.size());
  }
  std::string ticks;
  for (std::size_t i = 0; i < 100'000; ++i) ticks += std::string(i % 50 + 1, '`') + " ";
  CHECK(scan_inline(ticks, 0, ticks.size()).size() > 1000);
}
