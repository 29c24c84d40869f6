// Resources that cascade.yaml names.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

TEST_CASE("declared resources of both files are leased") {
  files::MemoryTree tree;
  tree.write("/u.yaml", "systems: { leases: on }\nleases: { staging: { bash: [psql, \"*staging*\"] } }\n");
  tree.write("/w/cascade.yaml", "leases: { tracker: { tools: [\"mcp__tracker__*\"] } }\n");
  const auto policy = read_policy(tree, "/u.yaml", "/w");
  REQUIRE(policy);
  CHECK(policy->mode_of("leases") == Mode::block);
  REQUIRE(policy->declared.size() == 2);
  CHECK(policy->declared[0].name + policy->declared[0].bash[1] + policy->declared[1].tools[0] ==
        "staging*staging*mcp__tracker__*");
  CHECK(Files("", "leases: { x: { files: [a] } }\n").read() == "/w/cascade.yaml:1:16: unknown key \"files\" in leases");
}
