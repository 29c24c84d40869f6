// The lines by which `init --with` switches systems on.
#include <catch2/catch.hpp>

#include "init/settings_edit.h"

using namespace cascade::init;

TEST_CASE("a file without systems gets a line of them, and everything in it stays") {
  CHECK(switch_on("", {"memory"}).text == "systems: { memory: on }\n");
  CHECK(switch_on("# mine\nbudget: 4000", {"memory"}).text == "# mine\nbudget: 4000\nsystems: { memory: on }\n");
  CHECK(switch_on("# mine\n", {"memory", "tiers"}).text == "# mine\nsystems: { tiers: on, memory: on }\n");
}

TEST_CASE("a map of systems gets an entry in the form that it has") {
  CHECK(switch_on("systems: { tools: warn }  # why\n", {"memory"}).text ==
        "systems: { memory: on, tools: warn }  # why\n");
  CHECK(switch_on("systems:\n  # loose\n  tools: warn\nbudget: 1%\n", {"memory"}).text ==
        "systems:\n  # loose\n  memory: on\n  tools: warn\nbudget: 1%\n");
  CHECK(switch_on("systems:\r\n    tools: warn\r\n", {"memory"}).switched == std::vector<std::string>{"memory"});
}

TEST_CASE("a system that is on in any way, or without a line, needs none") {
  const SwitchEdit edit = switch_on("systems: { effects: shadow }\n", {"effects", "gates"});
  CHECK(edit.text == "systems: { effects: shadow }\n");
  CHECK(edit.switched.empty());
  CHECK(edit.left.empty());
}

TEST_CASE("what somebody switched off, and what cannot be read, is left to its owner") {
  for (const char* text : {"systems: { memory: off }\n", "systems: [memory]\n", "systems: on\n", "systems:\n", "a: [\n",
                           "- list\n", "systems: {}\n", "systems: &s { memory: off }\nother: *s\n"}) {
    INFO(text);
    const SwitchEdit edit = switch_on(text, {"memory"});
    CHECK(edit.text == text);
    CHECK(edit.left == std::vector<std::string>{"memory"});
  }
}
