#include <algorithm>
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
    std::string text = std::string(to_string(policy->mode_of("repository"))) + " " +
                       std::string(to_string(policy->mode_of("tools"))) + (policy->git_hooks ? " git" : "");
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

TEST_CASE("the user's own file takes the line off the screen, and a project's decides nothing for others") {
  const auto announces = [](const std::string& users, const std::string& projects) {
    const Files files(users, projects);
    return read_policy(files.tree, "/home/.config/cascade/cascade.yaml", "/w/app/src")->announces;
  };
  CHECK(announces("", ""));
  CHECK_FALSE(announces("announce: off\n", "systems: { tools: warn }\n"));
  CHECK(announces("announce: on\n", "announce: off\n"));  // the workspace's preferences have that
}

TEST_CASE("playbooks are on or off") {
  CHECK(Files("systems: { playbooks: on, effects: off }\n", "systems: { playbooks: off }\n").read() == "off off");
  for (const char* mode : {"warn", "shadow"})
    CHECK(Files("", std::string("systems: { playbooks: ") + mode + " }\n").read() ==
          std::string("/w/cascade.yaml:1:23: playbooks cannot be \"") + mode + "\": a step is held to its exit or not");
}

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

TEST_CASE("what cannot be read is a fault with its place") {
  CHECK(Files("", "systems: { repository: maybe }\n").read() == "/w/cascade.yaml:1:24: \"maybe\" is not a mode");
  CHECK(Files("systems: { repositry: on }\n", "").read() ==
        "/home/.config/cascade/cascade.yaml:1:12: there is no system \"repositry\"");
  CHECK(Files("", "repository: { protect: [main] }\n").read() ==
        "/w/cascade.yaml:1:15: unknown key \"protect\" in repository");
  CHECK(Files("", "systems: [\n").read().rfind("/w/cascade.yaml:", 0) == 0);
}

namespace {

// "block: light haiku low, deep opus -!; raise; asleep /w/cascade.yaml"
std::string tiers_of(const Files& files) {
  const auto policy = read_policy(files.tree, "/home/.config/cascade/cascade.yaml", "/w/app/src");
  if (!policy) return policy.error().path + ": " + policy.error().message + " | " + policy.error().help;
  std::string text = std::string(to_string(policy->mode_of("tiers"))) + ":";
  for (const Tier& tier : policy->tier_list.all)
    text += " " + tier.name + "=" + (tier.model ? std::string(to_string(*tier.model)) : "-") + "," +
            (tier.effort.empty() ? "-" : tier.effort) + (tier.raise ? "!" : "");
  return text + (policy->tier_list.raise ? "; raise" : "") +
         (policy->asleep.empty() ? "" : "; asleep " + policy->asleep);
}

}  // namespace

TEST_CASE("tiers that are listed are on, and the usual ones where none are") {
  CHECK(tiers_of({"", ""}) == "off:");
  CHECK(tiers_of({"tiers: { light: { model: haiku, effort: low }, x: { effort: max } }\n", ""}) ==
        "block: light=haiku,low x=-,max");
  CHECK(tiers_of({"systems: { tiers: on }\n", ""}) == "block: light=haiku,low standard=sonnet,medium deep=opus,high");
  CHECK(tiers_of({"systems: { tiers: shadow }\ntiers: { light: { model: haiku } }\n", ""}) == "shadow: light=haiku,-");
  CHECK(tiers_of({"systems: { tiers: off }\ntiers: { light: { model: haiku } }\n", ""}) == "off: light=haiku,-");
  CHECK(tiers_of({"systems: { tiers: warn }\n", ""}) ==
        "/home/.config/cascade/cascade.yaml:1:19: tiers cannot be \"warn\" | on, shadow or off");
}

TEST_CASE("a project adds tiers, describes none anew, and switches nothing on that its user switched off") {
  const char* projects = "tiers: { light: { model: opus }, heavy: { model: fable, effort: max } }\n";
  CHECK(tiers_of({"tiers: { light: { model: haiku } }\n", projects}) == "block: light=haiku,- heavy=fable,max");
  CHECK(tiers_of({"", projects}) == "block: light=opus,- heavy=fable,max");
  CHECK(tiers_of({"systems: { tiers: off }\n", projects}).substr(0, 4) == "off:");
  CHECK(tiers_of({"systems: { tiers: shadow }\n", projects}).substr(0, 7) == "shadow:");
}

TEST_CASE("a project raises nothing above the session's model until its file is allowed as it is") {
  const std::string projects = "tiers: { raise: true, deep: { model: opus }, light: { model: haiku, raise: on } }\n";
  Files files("", projects);
  CHECK(tiers_of(files) == "block: deep=opus,- light=haiku,-; asleep /w/cascade.yaml");
  trust::Allowed allowed;
  REQUIRE(allowed.add(files.tree, "/w/cascade.yaml"));
  files.tree.write("/home/.config/cascade/allowed", allowed.text());
  CHECK(tiers_of(files) == "block: deep=opus,- light=haiku,-!; raise");
  files.tree.write("/w/cascade.yaml", projects + "# changed\n");
  CHECK(tiers_of(files) == "block: deep=opus,- light=haiku,-; asleep /w/cascade.yaml");
  CHECK(tiers_of({projects, ""}) == "block: deep=opus,- light=haiku,-!; raise");
}

TEST_CASE("a tier that cannot be is refused at its place, with what can be") {
  const auto fault = [](const std::string& yaml) { return tiers_of({"", "tiers: " + yaml + "\n"}); };
  CHECK(fault("{ light: { model: haikoo } }") ==
        "/w/cascade.yaml:1:26: \"haikoo\" is not a model that a subagent can run on | did you mean haiku?");
  CHECK(fault("{ light: { model: claude-haiku-4-5 } }") ==
        "/w/cascade.yaml:1:26: \"claude-haiku-4-5\" is not a model that a subagent can run on | the client takes "
        "families, not full names: haiku");
  CHECK(fault("{ light: { model: gpt } }").find("one of haiku, sonnet, opus, fable") != std::string::npos);
  CHECK(fault("{ light: { effort: tiny } }") ==
        "/w/cascade.yaml:1:27: \"tiny\" is not an effort | one of low, medium, high, xhigh, max");
  CHECK(fault("{ light: { modell: haiku } }").find("unknown key \"modell\" in the tier \"light\"") !=
        std::string::npos);
  CHECK(fault("{ light: haiku }").find("expected the model and the effort") != std::string::npos);
  CHECK(fault("{ \"a b\": { model: haiku } }").find("is not a valid name for a tier") != std::string::npos);
  CHECK(fault("{ raise: maybe }").find("neither on nor off") != std::string::npos);
  CHECK(fault("[light]").find("expected tiers") != std::string::npos);
}

TEST_CASE("prices are dollars for a million tokens, those of caches follow from the input where they are not given") {
  const auto policy = read_policy(Files("tiers: { prices: { m: { input: 4, output: 20.5 }, n: { input: 0.1, output: 1, "
                                        "cache-read: 0.01, cache-write: 0.2, "
                                        "cache-write-1h: 0.3 } } }\n",
                                        "")
                                      .tree,
                                  "/home/.config/cascade/cascade.yaml", "/w/app/src");
  REQUIRE(policy);
  REQUIRE(policy->tier_list.prices.size() == 2);
  const auto& [input, output, write, hour, read] = policy->tier_list.prices[0].rates;
  CHECK((input == 4'000'000 && output == 20'500'000 && write == 5'000'000 && hour == 8'000'000 && read == 400'000));
  const client::Rates& own = policy->tier_list.prices[1].rates;
  CHECK((own.input == 100'000 && own.cache_read == 10'000 && own.cache_write == 200'000 &&
         own.cache_write_1h == 300'000));
  CHECK(policy->mode_of("tiers") == Mode::off);  // prices alone set nothing
  for (const char* bad : {"{ input: 4 }", "{ input: -1, output: 1 }", "{ input: 1e3, output: 1 }",
                          "{ input: x, output: 1 }", "{ input: 1.0000001, output: 1 }", "{ in: 1 }", "4"})
    CHECK(tiers_of({"", std::string("tiers: { prices: { m: ") + bad + " } }\n"}).find("/w/cascade.yaml:1:") == 0);
}

TEST_CASE("rules for effects say what a call is known by, and what it is") {
  const auto policy = read_policy(
      Files("effects: { ship: { bash: [./ship.sh], is: deploy, target: \"https://a.example\" },"
            " look: { tools: [mcp__shop__show], is: browser }, sham: { bash: [make fake], is: nothing } }\n",
            "")
          .tree,
      "/home/.config/cascade/cascade.yaml", "/w/app/src");
  REQUIRE(policy);
  using What = evidence::OwnRule::What;
  const std::vector<evidence::OwnRule>& rules = policy->effect_rules;
  REQUIRE(rules.size() == 3);
  CHECK((rules[0].what == What::effect && rules[0].kind == evidence::Kind::deploy));
  CHECK((rules[0].bash == std::vector<std::string>{"./ship.sh"} && rules[0].target == "https://a.example"));
  CHECK(
      (rules[1].what == What::witness && rules[1].interface == evidence::Interface::browser && rules[1].bash.empty()));
  CHECK((rules[2].what == What::nothing && rules[2].tools.empty()));

  const auto fault = [](const std::string& given) { return Files("", "effects: { ship: " + given + " }\n").read(); };
  CHECK(fault("deploy").find("expected the patterns by which the call is recognised, and its kind") !=
        std::string::npos);
  CHECK(fault("{ bash: [x], is: rocket }").find("\"rocket\" is nothing that a call can be") != std::string::npos);
  CHECK(fault("{ bash: [x], as: deploy }").find("unknown key \"as\" in effects") != std::string::npos);
  CHECK(fault("{ bash: x, is: deploy }").find("expected a list of patterns") != std::string::npos);
  CHECK(fault("{ is: deploy }").find("the rule \"ship\" lacks bash or tools") != std::string::npos);
  CHECK(fault("{ bash: [x] }").find("the rule \"ship\" lacks is") != std::string::npos);
  CHECK(fault("{ tools: [], is: deploy }").find("expected a list of patterns") != std::string::npos);
}

TEST_CASE("branches of a project are added once each, however many there are") {
  std::string listed = "repository:\n  protected:\n    - main\n";
  for (int i = 0; i < 3'000; ++i) listed += "    - b" + std::to_string(i % 1'000) + "\n";
  const std::string read = Files("systems: { repository: warn }\nrepository: { protected: [main] }\n", listed).read();
  CHECK(std::count(read.begin(), read.end(), ' ') == 1 + 1 + 1'000);
}

TEST_CASE("a project's file that would take long to read is refused") {
  CHECK(Files("", "systems: { repository: warn }\nx: " + std::string(100'000, '[')).read().find("more than") !=
        std::string::npos);
}
