// Rules for effects in cascade.yaml.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

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
