// The user's own checks in cascade.yaml.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

TEST_CASE("gates are on unless the user's own file says off, and a project takes away only its own checks") {
  const char* checks = "gates: { lint: { run: [npm, run, lint] } }\n";
  const auto count = [](const std::string& users, const std::string& projects) {
    const Files files(users, projects);
    return read_policy(files.tree, "/home/.config/cascade/cascade.yaml", "/w/app/src")->checks.size();
  };
  CHECK(count(checks, "") == 1);
  CHECK(count(std::string("systems: { gates: on }\n") + checks, "systems: { gates: off }\n") == 1);
  CHECK(count(std::string("systems: { gates: off }\n") + checks, "") == 0);
  CHECK(Files("systems: { gates: warn }\n", "").read() ==
        "/home/.config/cascade/cascade.yaml:1:19: gates cannot be \"warn\": your own checks are run or not");
}

TEST_CASE("checks of the user's own file count at once, a project's when it was allowed") {
  files::MemoryTree tree;
  tree.write("/home/.config/cascade/cascade.yaml", "gates: { lint: { run: [npm, run, lint], at: commit } }\n");
  tree.write("/w/cascade.yaml",
             "gates: { lint: { run: [evil] }, test: { run: [./test, 1], at: push, mode: warn, seconds: 5 } }\n");
  const auto read = [&] {
    const auto policy = read_policy(tree, "/home/.config/cascade/cascade.yaml", "/w");
    REQUIRE(policy);
    std::string all;
    for (const policy::Check& check : policy->checks) {
      all += check.name + ":";
      for (const std::string& word : check.run) all += " " + word;
      all += " at " + std::string(to_string(check.at)) + ", " + std::string(to_string(check.mode)) + ", " +
             std::to_string(check.seconds) + " s" + (check.origin.empty() ? "" : " of " + check.origin) + "; ";
    }
    return all + policy->asleep;
  };
  CHECK(read() == "lint: npm run lint at commit, block, 20 s; /w/cascade.yaml");
  trust::Allowed allowed;
  REQUIRE(allowed.add(tree, "/w/cascade.yaml"));
  tree.write("/home/.config/cascade/allowed", allowed.text());
  CHECK(read() == "lint: npm run lint at commit, block, 20 s; test: ./test 1 at push, warn, 5 s of /w/cascade.yaml; ");
}

TEST_CASE("a check that cannot be one is a fault with its place") {
  const auto fault = [](const std::string& gates) { return Files("", "gates: " + gates + "\n").read(); };
  CHECK(fault("{ lint: { run: npm run lint } }") ==
        "/w/cascade.yaml:1:23: run is not a list of words: no shell is involved");
  CHECK(fault("{ lint: { run: [] } }") == "/w/cascade.yaml:1:23: run is not a list of words: no shell is involved");
  CHECK(fault("{ lint: { at: commit } }") == "/w/cascade.yaml:1:16: the check \"lint\" lacks run");
  CHECK(fault("{ lint: { run: [a], at: night } }") ==
        "/w/cascade.yaml:1:32: \"night\" is not a time at which a check runs");
  CHECK(fault("{ lint: { run: [a], seconds: 60 } }") == "/w/cascade.yaml:1:37: seconds is not a number from 1 to 20");
  CHECK(fault("{ repository: { run: [a] } }") == "/w/cascade.yaml:1:10: \"repository\" is the name of a built-in gate");
  CHECK(fault("{ lint: { run: [a], shell: true } }") == "/w/cascade.yaml:1:28: unknown key \"shell\" in gates");
}

TEST_CASE("a project's checks wait for the user's word, which doctor says beside what else waits") {
  CHECK(Files("", "gates: { lint: { run: [true] } }\nstore: postgresql://db.example/cascade\n").faults() ==
        Files::waiting("gates, store"));
}
