// What cascade.yaml says of playbooks.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

TEST_CASE("playbooks are on or off") {
  CHECK(Files("systems: { playbooks: on, effects: off }\n", "systems: { playbooks: off }\n").read() == "off off");
  for (const char* mode : {"warn", "shadow"})
    CHECK(Files("", std::string("systems: { playbooks: ") + mode + " }\n").read() ==
          std::string("/w/cascade.yaml:1:23: playbooks cannot be \"") + mode + "\": a step is held to its exit or not");
}
