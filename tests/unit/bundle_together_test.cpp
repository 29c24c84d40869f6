#include "bundle/together.h"

#include <catch2/catch.hpp>

#include <string>

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

}  // namespace cascade::bundle
