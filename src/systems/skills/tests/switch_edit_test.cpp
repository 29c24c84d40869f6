// One line of `skills` is written into a cascade.yaml, or taken out, and everything else stays.
#include "skills/switch_edit.h"

#include <catch2/catch.hpp>

namespace cascade {
namespace {

using policy::Use;

std::string edited(std::string_view text, std::string_view key, std::optional<Use> use) {
  const auto made = skills::with_switch(text, key, use);
  return made ? *made : "fault: " + made.error().help;
}

TEST_CASE("a switch is written as the last line of its block", "[skills]") {
  CHECK(edited("", "x", Use::off) == "skills:\n  x: off\n");
  CHECK(edited("library: off\n", "x", Use::name) == "library: off\nskills:\n  x: name\n");
  CHECK(edited("skills:\n  a: off  # why\n\n# next\nbudget: 2%\n", "x", Use::off) ==
        "skills:\n  a: off  # why\n\n# next\n  x: off\nbudget: 2%\n");
  CHECK(edited("skills:\n    a: off\nbudget: 2%\n", "x", Use::offer) ==
        "skills:\n    a: off\n    x: offer\nbudget: 2%\n");
  CHECK(edited("skills:\n  x: name\n  a: off\n", "x", Use::off) == "skills:\n  a: off\n  x: off\n");
  CHECK(edited("skills: {}\n", "x", Use::off) == "skills:\n  x: off\n");
  CHECK(edited("skills:", "deploy-*", Use::off) == "skills:\n  \"deploy-*\": off\n");
  CHECK(edited("", "agent:pilot", Use::off) == "skills:\n  \"agent:pilot\": off\n");
  CHECK(edited("", "off", Use::off) == "skills:\n  \"off\": off\n");
  CHECK(edited("a: 1\n", "x\ny", Use::off) == "a: 1\nskills:\n  \"x\\ny\": off\n");
}

TEST_CASE("a switch is taken out, and an empty block with it", "[skills]") {
  CHECK(edited("skills:\n  x: off\nbudget: 2%\n", "x", std::nullopt) == "budget: 2%\n");
  CHECK(edited("skills:\n  \"deploy-*\": off\n  x: off\n", "deploy-*", std::nullopt) == "skills:\n  x: off\n");
  CHECK(edited("budget: 2%\n", "x", std::nullopt) == "budget: 2%\n");
}

TEST_CASE("what is written in one line is left to its author", "[skills]") {
  CHECK(edited("skills: { a: off }\n", "x", Use::off) == "fault: write the line by hand: x: off");
  CHECK(edited("skills: { a: off }\n", "a", std::nullopt) == "fault: write the line by hand: a: load");
}

}  // namespace
}  // namespace cascade
