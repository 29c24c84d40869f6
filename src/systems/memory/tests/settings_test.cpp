// The team in cascade.yaml, whose facts are shared, and the store where they are.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

TEST_CASE("a project's store and team sleep until the user allowed these bytes") {
  files::MemoryTree tree;
  const std::string text = "team: acme\nstore: postgresql://db.example/acme\n";
  tree.write("/home/.config/cascade/cascade.yaml", "team: own\n");
  tree.write("/w/cascade.yaml", text);
  const auto read = [&] {
    const auto policy = read_policy(tree, "/home/.config/cascade/cascade.yaml", "/w");
    REQUIRE(policy);
    return policy->team + " " + (store_of(*policy) ? *store_of(*policy) : "refused") + " " + policy->asleep;
  };
  CHECK(read() == "own refused /w/cascade.yaml");
  trust::Allowed allowed;
  REQUIRE(allowed.add(tree, "/w/cascade.yaml"));
  tree.write("/home/.config/cascade/allowed", allowed.text());
  CHECK(read() == "acme postgresql://db.example/acme ");
  tree.write("/w/cascade.yaml", text + "# changed\n");
  CHECK(read() == "own refused /w/cascade.yaml");
  tree.write("/w/cascade.yaml", "team: own\n");
  CHECK(read() == "own  ");
}

TEST_CASE("a project's team waits for the user's word") {
  CHECK(Files("", "team: a\nmodel: opus\n").faults() == Files::waiting("team"));
}
