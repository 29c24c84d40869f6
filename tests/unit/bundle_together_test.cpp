#include "bundle/part.h"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "unit/record.h"
#include "unit/seeded_random.h"

namespace cascade::bundle {
namespace {

using Facts = std::vector<SectionFacts>;

// "2 needs 1 | 3 needs 4 or 5 whole"
std::string needs(const Facts& sections) {
  std::string out;
  for (const Requirement& requirement : requirements_of(sections, parents_of(sections))) {
    out += (out.empty() ? "" : " | ") + std::to_string(requirement.section) + " needs ";
    for (std::size_t i = 0; i < requirement.any_of.size(); ++i)
      out += (i == 0 ? "" : " or ") + std::to_string(requirement.any_of[i]);
    out += requirement.whole ? " whole" : "";
  }
  return out;
}

SectionFacts section(std::string_view heading, std::uint32_t level, Part part = Part::plain) {
  return {heading, level, part, false, false};
}

SectionFacts bare(std::string_view heading, std::uint32_t level) { return {heading, level, Part::plain, false, true}; }

}  // namespace

TEST_CASE("a section stands under the nearest heading of a lower level; the title is nobody's parent") {
  CHECK(parents_of({section("", 0), section("Title", 1), section("A", 2), section("B", 3), section("C", 4),
                    section("D", 3), section("E", 2)}) ==
        std::vector<std::uint32_t>{no_parent, no_parent, no_parent, 2, 3, 2, no_parent});
}

TEST_CASE("a heading without a text needs the first section below it, a title any") {
  CHECK(needs({bare("A", 2), section("B", 3), section("C", 3)}) == "0 needs 1");
  CHECK(needs({bare("Title", 1), section("B", 2), section("C", 2)}) == "0 needs 1 or 2");
  CHECK(needs({bare("A", 2), section("B", 2)}).empty());
}

TEST_CASE("a last line that leads on needs what it leads to") {
  CHECK(needs({{"A", 2, Part::plain, true, false}, section("B", 3)}) == "0 needs 1 whole");
  CHECK(needs({{"", 0, Part::plain, true, false}, section("B", 2)}) == "0 needs 1 whole");
  CHECK(needs({{"A", 2, Part::plain, true, false}, section("B", 2)}).empty());
}

TEST_CASE("wrong and right side by side need each other") {
  CHECK(needs({section("A", 2), section("WRONG", 3), section("CORRECT", 3)}) == "1 needs 2 | 2 needs 1");
  CHECK(needs({section("Good", 3), section("Other", 3), section("Bad", 3)}).empty());
}

TEST_CASE("a section needs a warning that stands below it") {
  CHECK(needs({section("Deploy", 2), section("Warning", 3)}) == "0 needs 1 whole");
}

TEST_CASE("what verifies or reports a procedure needs the procedure") {
  CHECK(needs({section("Steps", 2, Part::procedure), section("Verify", 2, Part::verification), section("Report", 2)}) ==
        "1 needs 0 | 2 needs 0");
  CHECK(needs({section("Verify", 2, Part::verification)}).empty());
  CHECK(needs({section("Verify", 2, Part::verification), section("Steps", 3, Part::procedure)}).empty());
  CHECK(needs({section("Method", 2, Part::procedure), section("Verify", 2, Part::verification),
               section("Steps", 3, Part::procedure)}) == "1 needs 0");
}

TEST_CASE("a step needs the one before it") {
  CHECK(needs({section("Step 1: Read", 3), section("Note", 4), section("Step 2: Write", 3), section("Step 3", 3)}) ==
        "2 needs 0 | 3 needs 2");
  CHECK(needs({section("1. Read", 3, Part::procedure), section("2. Write", 3, Part::procedure)}) == "1 needs 0");
  CHECK(needs({section("Workflow", 2, Part::procedure), section("1. Read", 3), section("2. Check", 3)}) == "2 needs 1");
  CHECK(needs({section("1. Do it", 3, Part::procedure), section("2. Look", 3)}) == "1 needs 0");
  CHECK(needs({section("Step A: read", 3), section("Step B: write", 3)}) == "1 needs 0");
  CHECK(needs({section("1. Red", 3), section("2. Green", 3)}).empty());  // a list of anything
  CHECK(needs({section("1 - Look", 3), section("Note", 4), section("2 - Decide", 3),
               section("3 - Verify", 3, Part::verification)}) == "2 needs 0 | 3 needs 2");
  CHECK(needs({section("1. Red", 3), section("2. Green", 3), section("Other", 3), section("1. Look", 3),
               section("2. Verify", 3, Part::verification)}) == "4 needs 3");
  CHECK(needs({section("Step 1", 3), section("A", 2), section("Step 2", 3)}).empty());
  CHECK(needs({section("Step 1", 3), section("Step 3", 3)}).empty());
  CHECK(needs({section("2026 plans", 3), section("Stepwise", 3)}).empty());
}

TEST_CASE("a number in front of a heading has at most four digits and ends before a letter") {
  const auto follow = [](std::string_view first, std::string_view second) {
    return needs({section(first, 3, Part::procedure), section(second, 3, Part::procedure)}) == "1 needs 0";
  };
  for (const auto& [first, second] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"1. Read", "2. Write"},
                                                                  {"1", "2"},
                                                                  {"1) Read", "2) Write"},
                                                                  {"9 a", "10 b"},
                                                                  {"9998 a", "9999 b"},
                                                                  {"**1** a", "**2** b"},
                                                                  {"Step 1", "Step 2"},
                                                                  {"PHASE 1", "phase 2"},
                                                                  {"Stage 1: a", "Stage 2: b"},
                                                                  {"Step A", "Step B"},
                                                                  {"step a:", "step b:"},
                                                                  {"Step A", "Step 2"},
                                                                  {"Step 3", "Step d: z"},
                                                                  {"Step Y", "Step Z"}}) {
    INFO(first);
    CHECK(follow(first, second));
  }
  for (const auto& [first, second] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"1st", "2nd"},
                                                                  {"99998 a", "99999 b"},
                                                                  {"1. Read", "3. Write"},
                                                                  {"2. Read", "1. Write"},
                                                                  {"0. a", "1. b"},
                                                                  {"Step 1", "2. Write"},
                                                                  {"1. Read", "Step 2"},
                                                                  {"Step1", "Step2"},
                                                                  {"Step a b", "Step b c"},
                                                                  {"Step ab", "Step bc"},
                                                                  {"Part 1", "Part 2"},
                                                                  {"Step", "Step 2"},
                                                                  {"Step ", "Step 1"}}) {
    INFO(first);
    CHECK_FALSE(follow(first, second));
  }
}

TEST_CASE("steps go on among headings of one level, and a heading above ends them") {
  CHECK(needs({section("Step 1", 2), section("Step 1", 3), section("Step 2", 3), section("Step 2", 2)}) ==
        "2 needs 1 | 3 needs 0");
  CHECK(needs({section("Step 1", 3), section("B", 3), section("Step 2", 3)}).empty());
  CHECK(needs({section("Step 1", 7), section("Step 2", 7)}) == "1 needs 0");  // deeper than any heading
}

TEST_CASE("of headings without a text only the title needs any of what is below") {
  CHECK(needs({bare("A", 2), section("B", 3), section("C", 4), section("D", 2)}) == "0 needs 1");
  CHECK(needs({bare("Title", 1), section("B", 2), section("Second", 1), section("C", 2)}) == "0 needs 1");
  CHECK(needs({section("Title", 1), bare("Second", 1), section("B", 2), section("C", 2)}) == "1 needs 2");
  CHECK(needs({bare("", 0), section("B", 2)}).empty());
  CHECK(needs({section("A", 2), bare("B", 3)}).empty());
}

TEST_CASE("what leads on leads to the next section, where there is one below") {
  const SectionFacts leads{"A", 3, Part::plain, true, false};
  CHECK(needs({section("0", 2), leads}).empty());
  CHECK(needs({leads, section("B", 2)}).empty());
  CHECK(needs({section("0", 4), leads, section("B", 4)}) == "1 needs 2 whole");
}

TEST_CASE("a contrast is with the next section of its level under the same heading") {
  CHECK(needs({section("Bad", 3), section("why", 4), section("Good", 3)}) == "0 needs 2 | 2 needs 0");
  CHECK(needs({section("Bad", 3), section("B", 2), section("Good", 3)}).empty());
  CHECK(needs({section("Bad", 3), section("Wrong", 3), section("Good", 3)}) == "1 needs 2 | 2 needs 1");
  CHECK(needs({section("Bad", 3)}).empty());
}

TEST_CASE("a warning under no heading is needed by none") {
  CHECK(needs({section("Warning", 2)}).empty());
  CHECK(needs({section("Title", 1), section("Warning", 2)}).empty());
  CHECK(needs({section("A", 2), section("B", 3), section("Warning", 4)}) == "1 needs 2 whole");
}

TEST_CASE("what closes a procedure needs any procedure but one of its own, and no lead") {
  CHECK(needs({section("Output", 2), section("Steps", 2, Part::procedure), section("Flow", 2, Part::procedure)}) ==
        "0 needs 1 or 2");
  CHECK(needs({section("", 0, Part::procedure), section("Output", 2)}).empty());
  CHECK(needs({section("Report steps", 2, Part::procedure), section("Steps", 2, Part::procedure)}).empty());
  CHECK(needs({section("Verify", 2, Part::verification), section("A", 3, Part::procedure),
               section("B", 4, Part::procedure), section("C", 2, Part::procedure)}) == "0 needs 3");
  CHECK(needs({section("", 0, Part::verification), section("Steps", 2, Part::procedure)}).empty());
  const std::vector<SectionFacts> sections{section("Steps", 2, Part::procedure), section("Report", 2)};
  CHECK(requirements_of(sections, parents_of(sections)).at(0).procedures);
}

TEST_CASE("sections of equal level stand side by side, and only the first of the highest level is the title") {
  CHECK(parents_of({section("Title", 1), section("Part", 1), section("A", 2), section("Part", 1), section("B", 3)}) ==
        std::vector<std::uint32_t>{no_parent, no_parent, 1, no_parent, 3});
  CHECK(parents_of({section("A", 2), section("", 0), section("B", 3)}) ==
        std::vector<std::uint32_t>{no_parent, no_parent, 0});
}

// Random manifests of such headings, each a line.
TEST_CASE("every build finds the recorded requirements of random sections") {
  constexpr std::string_view headings[] = {
      "Steps",       "Workflow", "Step 1: Read", "Step 2: Write", "Step 3",     "1. Look", "2. Decide", "3. Check",
      "4",           "Step A",   "step b: go",   "Phase 2",       "Stage 10",   "WRONG",   "Correct",   "Bad",
      "Good",        "Don't",    "Do",           "Warning",       "Caution",    "Verify",  "Output",    "Report",
      "Limits",      "Examples", "Rules",        "Prüfen",        "Background", "Title",   "",          "2) Again",
      "**1** First", "10 Ten",   "11 Eleven"};
  test::SeededRandom random{11};
  std::string record;
  for (int number = 1; number <= 400; ++number) {
    Facts sections;
    for (std::uint32_t left = 1 + random.below(9); left > 0; --left) {
      const std::string_view heading = headings[random.below(std::size(headings))];
      const std::uint32_t level = random.one_in(8) ? random.below(8) : 1 + random.below(3);
      sections.push_back({heading, level, random.one_in(3) ? static_cast<Part>(random.below(5)) : part_of(heading),
                          random.one_in(5), random.one_in(5)});
    }
    record += std::to_string(number) + ":";
    for (const std::uint32_t parent : parents_of(sections))
      record += parent == no_parent ? " -" : " " + std::to_string(parent);
    for (const Requirement& need : requirements_of(sections, parents_of(sections)))
      record += need.procedures ? " P" + std::to_string(need.section) : "";
    record += " | " + needs(sections) + "\n";
  }
  test::check_record("bundle_together.txt", record);
}

}  // namespace cascade::bundle
