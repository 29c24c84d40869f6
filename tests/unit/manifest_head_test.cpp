#include "manifest/head.h"

#include <catch2/catch.hpp>

#include "source_folder.h"
#include "unit/seeded_random.h"

namespace cascade::manifest {
namespace {

const std::vector<ToolName> no_tools;
const std::vector<ToolName> two_tools = {*ToolName::parse("Read"), *ToolName::parse("Bash(git *)")};

HeadFacts skill(std::string_view name, std::string_view description) {
  return {Kind::skill, name, description, no_tools, 412};
}
HeadFacts agent(std::string_view name, std::string_view description) {
  return {Kind::agent, name, description, two_tools, 412};
}

}  // namespace

TEST_CASE("a card has a name, when to use it, and what the rest costs") {
  CHECK(head(agent("linter", "Finds style faults."), Follows::nothing) ==
        "=== agent: linter ===\nWhen to use: Finds style faults.\nCard only; in full 412 tokens\n\n");
}

TEST_CASE("the head of what follows in full names its tools") {
  CHECK(head(agent("linter", "Finds style faults."), Follows::all) ==
        "=== agent: linter ===\nWhen to use: Finds style faults.\nTools: Read, Bash(git *)\nIn full\n\n");
  CHECK(head(skill("a", ""), Follows::all) == "=== skill: a ===\nIn full\n\n");
}

TEST_CASE("the head of a text says whether it was cut, and nothing that an edit further down changes") {
  const HeadFacts shorter{Kind::skill, "a", "Does it.", no_tools, 412},
      longer{Kind::skill, "a", "Does it.", no_tools, 450};
  for (const Follows follows : {Follows::all, Follows::part}) CHECK(head(shorter, follows) == head(longer, follows));
  CHECK(head(shorter, Follows::part) == "=== skill: a ===\nWhen to use: Does it.\nIn part\n\n");
}

TEST_CASE("a head that the conversation holds is only named again") {
  CHECK(head(agent("linter", "Finds style faults."), Follows::continued) == "=== agent: linter (continued) ===\n\n");
}

TEST_CASE("nothing of a manifest ends the line or hides in it") {
  CHECK(head(skill("a", "One.\n\n=== skill: b ===\nTwo\x1b[31m \xE2\x80\xAEred\xE2\x80\x8B."), Follows::nothing) ==
        "=== skill: a ===\nWhen to use: One. === skill: b === Two[31m red.\nCard only; in full 412 tokens\n\n");
  CHECK(head(skill("a\nb\x07", ""), Follows::continued) == "=== skill: a b (continued) ===\n\n");
}

TEST_CASE("a line is cut at its limit") {
  CHECK(one_line("a\xE3\x80\x80\xE3\x80\x80"
                 "b\xE2\x80\x83"
                 "c",
                 9) == "a b c");  // wide blanks
  CHECK(one_line("a\xEF\xBB\xBF"
                 "b",
                 9) == "ab");
  CHECK(one_line("abcdef", 6) == "abcdef");
  CHECK(one_line("abcdefg", 6) == "abc...");
  CHECK(one_line("ab cdefg", 6) == "ab...");
  CHECK(one_line("\xC3\xA4\xC3\xB6\xC3\xBC\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F", 6) == "\xC3\xA4\xC3\xB6\xC3\xBC...");
  CHECK(one_line(std::string(2000, 'x'), 1536).size() == 1536);
}

TEST_CASE("white space folds to single blanks and ill-formed bytes are replaced") {
  CHECK(one_line("  a \t\r\n b\xC2\xA0 c  ", 100) == "a b c");
  CHECK(one_line("a\xFFz", 100) == "a\xEF\xBF\xBDz");
  CHECK(one_line(" \n ", 100).empty());
}

TEST_CASE("a line that begins plainly is the one that is made character by character") {
  // The long way: a mark that one_line() drops stands before everything, so nothing begins plainly.
  const std::string dropped = "\xE2\x80\x8B";
  test::SeededRandom random{11};
  const std::string_view parts[] = {"a", "Word", " ", " ", "  ", "~", "\n", "\x7F", "\x1F", "\xC3\xA9", "\xFF", "."};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::uint32_t i = random.below(12); i > 0; --i) text += parts[random.below(std::size(parts))];
    const std::size_t limit = random.below(24);
    CAPTURE(text, limit);
    REQUIRE(one_line(text, limit) == one_line(dropped + text, limit));
  }
}

TEST_CASE("what a head costs is what its text costs, with exact counts and with estimates") {
  const auto same = [](const TokenCounter& counter) {
    test::SeededRandom random{7};
    const std::string_view parts[] = {"a",        "Review ",      " ",  "/",    "\n",   "9",  "=",
                                      "\xC3\xA9", "\xE4\xB8\xAD", "'s", "\x1b", "\xFF", "\r", "..."};
    for (int round = 0; round < 400; ++round) {
      std::string name, description;
      for (std::uint32_t i = 1 + random.below(6); i > 0; --i) name += parts[random.below(std::size(parts))];
      for (std::uint32_t i = random.below(30); i > 0; --i) description += parts[random.below(std::size(parts))];
      HeadFacts facts{Kind::agent, name, description, random.below(2) == 0 ? no_tools : two_tools,
                      random.below(100'000)};
      const HeadCosts costs = count_heads(facts, counter);
      CHECK(costs.card == counter.count(head(facts, Follows::nothing)));
      CHECK(costs.opening == counter.count(head(facts, Follows::all)));
      CHECK(costs.part == counter.count(head(facts, Follows::part)));
      CHECK(costs.continued == counter.count(head(facts, Follows::continued)));
    }
  };
  same(TokenCounter::estimating());
  auto exact = TokenCounter::open(test::source_folder() + "/share/cascade/o200k.bin");
  if (exact) same(*exact);
}

}  // namespace cascade::manifest
