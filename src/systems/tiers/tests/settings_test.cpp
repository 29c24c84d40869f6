// Tiers of models in cascade.yaml, and their prices.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"
#include "unit/memory_tree.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

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

TEST_CASE("with tiers that cannot be read no agent's model is chosen") {
  files::MemoryTree tree;
  tree.write("/u.yaml", "systems: { tiers: on }\ntiers: { light: { model: hiaku } }\n");
  CHECK_FALSE(read_policy(tree, "/u.yaml", "/p"));
  CHECK(readable_policy(tree, "/u.yaml", "/p").mode_of("tiers") == Mode::off);
}

TEST_CASE("of a project's tiers only that they raise the model waits for the user's word") {
  CHECK(Files("", "tiers: { light: { model: haiku } }\n").faults() == "");
  CHECK(Files("", "tiers: { deep: { model: opus }, raise: true }\n").faults() == Files::waiting("tiers.raise"));
}
