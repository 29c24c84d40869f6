// A memo of sections saves time and changes nothing: bodies made of the same sections again and again have the same
// records with one memo as without.
#include "manifest/sections.h"
#include "unicode/utf8.h"
#include "unit/seeded_random.h"
#include "unit/tokens_small_vocabulary.h"

#include <catch2/catch.hpp>
#include <deque>
#include <string>
#include <tuple>
#include <vector>

namespace cascade::manifest {
namespace {

// Sections that stand alone and such that do not: with a slash first, a fence or a comment that is never closed, a byte
// order mark, levels below and above.
std::vector<std::string> sections_to_draw(test::SeededRandom& random) {
  constexpr std::string_view beginnings[] = {"# Title\n",   "## Steps\n",   "### Part\n", "## Steps!\n",
                                             "/Set\n===\n", "Below\n---\n", "  ## Far\n", "\xEF\xBB\xBF# Mark\n"};
  constexpr std::string_view parts[] = {"A sentence of the section.\n",
                                        "\n",
                                        "- an item\n",
                                        "```sh\nmake all\n```\n",
                                        "For example:\n\n",
                                        "1. First\n2. Second\n",
                                        "Wrong:\n\n",
                                        "/path first\n",
                                        "!`ls`\n",
                                        "=== skill: x ===\n",
                                        "\u00E9t\u00E9 \u65E5\n",
                                        "trailing  \n",
                                        "```\nopen\n",
                                        "<!-- open\n",
                                        "<div>\n",
                                        "| a | b |\n|---|---|\n| 1 | 2 |\n"};
  std::vector<std::string> sections;
  for (const std::string_view beginning : beginnings)
    for (int n = 0; n < 6; ++n) {
      std::string section(beginning);
      for (std::uint32_t left = 1 + random.below(n % 2 == 0 ? 60 : 8); left > 0; --left)
        section += parts[random.below(std::size(parts))];
      sections.push_back(std::move(section));
    }
  return sections;
}

auto facts(const Section& section) {
  return std::make_tuple(
      std::make_tuple(section.form, section.shorter_of, section.heading, section.path, section.offset, section.length,
                      section.content_hash, section.line, section.level),
      section.shown_lines, section.cost.tokens, section.cost.chars, section.cut_cost.tokens, section.cut_cost.chars,
      section.announces, section.bare);
}

CutBody cut(std::string_view text, const TokenCounter& counter, const Symbol& symbol, SectionMemo* memo) {
  return cut_sections(syntax::LineIndex(text), 0, syntax::scan_outline(text), symbol, counter, memo);
}

// Cuts random bodies with and without one memo; returns how many sections the memo had already.
std::size_t compare(const TokenCounter& counter) {
  test::SeededRandom random{20261123};
  const std::vector<std::string> sections = sections_to_draw(random);
  std::deque<std::string> texts;  // which outlive the memo
  SectionMemo memo;
  std::size_t known = 0;
  for (int round = 0; round < 2500; ++round) {
    std::string& text = texts.emplace_back(random.one_in(3) ? "A lead.\n\n" : "");
    for (std::uint32_t left = random.below(7); left > 0; --left) text += sections[random.below(sections.size())];
    CAPTURE(round, unicode::displayable(text));
    const Symbol symbol{Kind::skill, random.one_in(2) ? "one" : "two-!"};
    const CutBody alone = cut(text, counter, symbol, nullptr);
    for (const Section& section : alone.sections)
      for (const bool children : {false, true})
        known +=
            memo.find(section.content_hash, std::string_view(text).substr(section.offset, section.length), children)
                ? 1
                : 0;
    const CutBody with_memo = cut(text, counter, symbol, &memo);
    REQUIRE(with_memo.sections.size() == alone.sections.size());
    for (std::size_t i = 0; i < alone.sections.size(); ++i)
      REQUIRE(facts(with_memo.sections[i]) == facts(alone.sections[i]));
    REQUIRE(with_memo.cost == alone.cost);
    REQUIRE(alone.cost == counter.count(text));
  }
  return known;
}

}  // namespace

TEST_CASE("a memo of sections changes no record") { CHECK(compare(TokenCounter::estimating()) > 1000); }

TEST_CASE("a memo of sections changes no exact count") {
  const tokens::TableFile file(*tokens::write_vocabulary(tokens::small_tokens(), "small"));
  const auto counter = TokenCounter::open(file.path);
  REQUIRE(counter);
  CHECK(compare(*counter) > 1000);
}

TEST_CASE("texts that differ in blanks alone have one hash and are kept apart") {
  SectionMemo memo;
  const std::string text = "## Steps\n\nRead the log, then the code.\n",
                    blanks = "## Steps\n\nRead the log, then the code. \n";
  KnownSection section;
  section.text = text;
  section.cost = {1, 2};
  memo.add(7, section);
  section.text = blanks;
  section.cost = {3, 4};
  memo.add(7, section);
  REQUIRE(memo.find(7, text, false) != nullptr);
  CHECK(memo.find(7, text, false)->cost == Cost{1, 2});
  REQUIRE(memo.find(7, blanks, false) != nullptr);
  CHECK(memo.find(7, blanks, false)->cost == Cost{3, 4});
  CHECK(memo.find(7, text, true) == nullptr);
  CHECK(memo.find(8, text, false) == nullptr);
}

TEST_CASE("many texts of one hash cost no more than a few") {
  SectionMemo memo;
  std::deque<std::string> texts;
  for (std::size_t n = 0; n < 70'000; ++n) {
    KnownSection section;
    section.text = texts.emplace_back("## The same words in every section" + std::string(n % 900, ' '));
    memo.add(1, section);
  }
  CHECK(memo.find(1, texts.front(), false) != nullptr);
  CHECK(memo.find(1, texts.back(), false) == nullptr);
}

}  // namespace cascade::manifest
