#include "manifest/mark.h"

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

}  // namespace cascade::manifest
