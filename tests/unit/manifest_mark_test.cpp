#include "manifest/emission.h"
#include "source_folder.h"

#include <catch2/catch.hpp>

namespace cascade::manifest {

TEST_CASE("a section is asked for by its heading where that is plain and its own") {
  const Symbol skill{Kind::skill, "x"};
  CHECK(section_item(skill, "Steps", true, 3) == "skill:x#Steps");
  CHECK(section_item(skill, "Steps", true, 3, 2) == "skill:x#Steps+2");
  CHECK(section_item(skill, "Steps", false, 3) == "skill:x#3");
  CHECK(section_item(skill, "", true, 0) == "skill:x#0");
}

TEST_CASE("what a shell would read in a heading is not in the command") {
  const Symbol skill{Kind::skill, "x"};
  for (const char* heading : {"$(rm -rf ~)", "`id`", "a\"b", "a\\b", "a]b", "7", "C+2", "!!"})
    CHECK(section_item(skill, heading, true, 3, 1) == "skill:x#3+1");
}

TEST_CASE("a mark says what was cut and how to get it") {
  CHECK(cut_mark(cut_lines(1, false), "skill:x#Steps") == "[cut: 1 line; cascade show skill:x#Steps]\n\n");
  CHECK(cut_mark(cut_sections_text(3, 412), "skill:x#Error handling+2") ==
        "[cut: 3 sections, 412 tokens; cascade show \"skill:x#Error handling+2\"]\n\n");
  CHECK(same_mark("Rules", "agent:a#Rules") == "[same \"Rules\" as above: agent:a#Rules]\n\n");
}

TEST_CASE("marks cost what counting their text gives") {
  const auto exact = TokenCounter::open(test::source_folder() + "/share/cascade/o200k.bin");
  if (!exact) WARN("no vocabulary: the exact counter was not tried");
  for (const TokenCounter& counter : {exact ? *exact : TokenCounter::estimating(), TokenCounter::estimating()}) {
    for (const char* name :
         {"x", "code-review", "plugin:code-review2", "odd-", "two words", "\u00E9t\u00E9", "a'b", "S"}) {
      const Symbol symbol{Kind::skill, name};
      MarkCosts costs(counter, symbol);
      const std::vector<MarkCosts::Place> places = {
          {0, "#0", 0},        {1, "#Steps", 0},    {1, "#Steps", 1},     {2, "#Error handling", 2},
          {3, "#Don't", 0},    {1234, "#1234", 17}, {1234, "#1234", 0},   {5, "#A: b (c)", 0},
          {5, "#A: b (c)", 3}, {6, "#-x", 0},       {7, "#2 ways", 1000}, {8, "#Why?", 4}};
      for (const MarkCosts::Place& place : places) {
        std::string item = item_owner(symbol) + std::string(place.text);
        if (place.further != 0) item += "+" + std::to_string(place.further);
        CAPTURE(item);
        for (const std::uint32_t n : {1U, 2U, 10U, 999U, 1000U, 123456U}) {
          CHECK(costs.lines(n, n % 2 == 0, place) == counter.count(cut_mark(cut_lines(n, n % 2 == 0), item)));
          CHECK(costs.sections(n, n + 1, place) == counter.count(cut_mark(cut_sections_text(n, n + 1), item)));
          CHECK(costs.sections(n + 1, n, place) == counter.count(cut_mark(cut_sections_text(n + 1, n), item)));
        }
      }
    }
    for (std::uint32_t n = 1; n < 1000; ++n)
      CHECK(MarkCosts(counter, {Kind::skill, "x"}).lines(n, false, {1, "#1", 0}) ==
            counter.count(cut_mark(cut_lines(n, false), "skill:x#1")));
  }
}

}  // namespace cascade::manifest
