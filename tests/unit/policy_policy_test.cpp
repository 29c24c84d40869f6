#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/checks.h"
#include "policy/policy.h"

using namespace cascade;
using namespace cascade::policy;

namespace {

struct Files {
  files::MemoryTree tree;
  Files(const std::string& users, const std::string& projects) {
    if (!users.empty()) tree.write("/home/.config/cascade/cascade.yaml", users);
    if (!projects.empty()) tree.write("/w/cascade.yaml", projects);
    tree.write("/w/app/src/main.c", "");
  }
  std::string read() const {
    const auto policy = read_policy(tree, "/home/.config/cascade/cascade.yaml", "/w/app/src");
    if (!policy) return policy.error().path + ": " + policy.error().message;
    std::string text = std::string(to_string(policy->repository)) + " " + std::string(to_string(policy->tools)) +
                       (policy->git_hooks ? " git" : "");
    for (const std::string& branch : policy->protected_branches) text += " " + branch;
    return text;
  }
};

}  // namespace

TEST_CASE("a system that is not named is off") {
  CHECK(Files("", "").read() == "off off");
  CHECK(Files("model: opus\n", "roots: [.]\n").read() == "off off");
}

TEST_CASE("a project tightens and never loosens") {
  CHECK(Files("systems: { repository: warn }\n", "systems: { repository: block, tools: shadow }\n").read() ==
        "block shadow");
  CHECK(Files("systems: { repository: block }\nrepository: { protected: [main], git-hooks: on }\n",
              "systems: { repository: off }\nrepository: { protected: [\"release/*\", main], git-hooks: off }\n")
            .read() == "block off git main release/*");
  CHECK(Files("systems: { repository: on }\n", "").read() == "block off");
}

TEST_CASE("playbooks are on or off") {
  CHECK(Files("systems: { playbooks: on, effects: off }\n", "systems: { playbooks: off }\n").read() == "off off");
  for (const char* mode : {"warn", "shadow"})
    CHECK(Files("", std::string("systems: { playbooks: ") + mode + " }\n").read() ==
          std::string("/w/cascade.yaml:1:23: playbooks cannot be \"") + mode +
              "\": a step is held to its exit or it is not");
}

TEST_CASE("declared resources of both files are leased") {
  files::MemoryTree tree;
  tree.write("/u.yaml", "systems: { leases: on }\nleases: { staging: { bash: [psql, \"*staging*\"] } }\n");
  tree.write("/w/cascade.yaml", "leases: { tracker: { tools: [\"mcp__tracker__*\"] } }\n");
  const auto policy = read_policy(tree, "/u.yaml", "/w");
  REQUIRE(policy);
  CHECK(policy->leases == Mode::block);
  REQUIRE(policy->declared.size() == 2);
  CHECK(policy->declared[0].name + policy->declared[0].bash[1] + policy->declared[1].tools[0] ==
        "staging*staging*mcp__tracker__*");
  CHECK(Files("", "leases: { x: { files: [a] } }\n").read() == "/w/cascade.yaml:1:16: unknown key \"files\" in leases");
}

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
  Allowed allowed;
  REQUIRE(allowed.add(tree, "/w/cascade.yaml"));
  tree.write("/home/.config/cascade/allowed", allowed.text());
  CHECK(read() == "acme postgresql://db.example/acme ");
  tree.write("/w/cascade.yaml", text + "# changed\n");
  CHECK(read() == "own refused /w/cascade.yaml");
  tree.write("/w/cascade.yaml", "team: own\n");
  CHECK(read() == "own  ");
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
    for (const Check& check : policy->checks) {
      all += check.name + ":";
      for (const std::string& word : check.run) all += " " + word;
      all += " at " + std::string(to_string(check.at)) + ", " + std::string(to_string(check.mode)) + ", " +
             std::to_string(check.seconds) + " s" + (check.origin.empty() ? "" : " of " + check.origin) + "; ";
    }
    return all + policy->asleep;
  };
  CHECK(read() == "lint: npm run lint at commit, block, 20 s; /w/cascade.yaml");
  Allowed allowed;
  REQUIRE(allowed.add(tree, "/w/cascade.yaml"));
  tree.write("/home/.config/cascade/allowed", allowed.text());
  CHECK(read() == "lint: npm run lint at commit, block, 20 s; test: ./test 1 at push, warn, 5 s of /w/cascade.yaml; ");
}

TEST_CASE("a check that cannot be one is a fault with its place") {
  const auto fault = [](const std::string& gates) { return Files("", "gates: " + gates + "\n").read(); };
  CHECK(fault("{ lint: { run: npm run lint } }") ==
        "/w/cascade.yaml:1:23: run is no list of words: no shell takes part");
  CHECK(fault("{ lint: { run: [] } }") == "/w/cascade.yaml:1:23: run is no list of words: no shell takes part");
  CHECK(fault("{ lint: { at: commit } }") == "/w/cascade.yaml:1:16: the check \"lint\" lacks run");
  CHECK(fault("{ lint: { run: [a], at: night } }") == "/w/cascade.yaml:1:32: \"night\" is no moment for a check");
  CHECK(fault("{ lint: { run: [a], seconds: 60 } }") == "/w/cascade.yaml:1:37: seconds is no number from 1 to 20");
  CHECK(fault("{ repository: { run: [a] } }") == "/w/cascade.yaml:1:10: \"repository\" is a gate that is built in");
  CHECK(fault("{ lint: { run: [a], shell: true } }") == "/w/cascade.yaml:1:28: unknown key \"shell\" in gates");
}

TEST_CASE("what cannot be read is a fault with its place") {
  CHECK(Files("", "systems: { repository: maybe }\n").read() == "/w/cascade.yaml:1:24: \"maybe\" is no mode");
  CHECK(Files("systems: { repositry: on }\n", "").read() ==
        "/home/.config/cascade/cascade.yaml:1:12: there is no system \"repositry\"");
  CHECK(Files("", "repository: { protect: [main] }\n").read() ==
        "/w/cascade.yaml:1:15: unknown key \"protect\" in repository");
  CHECK(Files("", "systems: [\n").read().rfind("/w/cascade.yaml:", 0) == 0);
}
