#include <catch2/catch.hpp>

#include "client/models.h"
#include "runs/runs.h"
#include "tiers/manifest_tier.h"

using namespace cascade;
using namespace cascade::tiers;
using client::Family;

namespace {

const policy::Tiers three = policy::usual_tiers();

std::string chosen(const Start& start, const policy::Tiers& tiers = three) {
  const Choice choice = choose(start, tiers);
  return choice.tier + (choice.raised ? "! " : " ") + choice.model + " " + choice.effort;
}

Start agent(const std::string& tier, std::optional<Family> session = Family::opus) {
  Start start;
  start.tier = tier;
  start.session = session;
  return start;
}

Start after_failure(const std::string& tier, std::optional<Family> session = Family::opus) {
  Start start = agent(tier, session);
  start.raise = true;
  return start;
}

}  // namespace

TEST_CASE("a tier sets its model and its effort, and an agent without one is left alone") {
  CHECK(chosen(agent("light")) == "light haiku low");
  CHECK(chosen(agent("standard")) == "standard sonnet medium");
  CHECK(chosen(agent("deep")) == "deep opus high");
  CHECK(chosen(agent("")) == "  ");
  CHECK(chosen(agent("golden")) == "  ");
}

TEST_CASE("what the caller set stays, each for itself") {
  Start start = agent("light");
  start.asked_model = "opus";
  CHECK(chosen(start) == "light  low");
  start.asked_effort = "max";
  CHECK(chosen(start) == "light  ");
  start.asked_model.clear();
  CHECK(chosen(start) == "light haiku ");
}

TEST_CASE("what the agent's own file sets stays, also where Cascade serves it") {
  Start start = agent("light");
  start.own_model = "inherit";
  CHECK(chosen(start) == "light  low");
  start.own_model = "claude-opus-4-8";
  start.own_effort = "high";
  CHECK(chosen(start) == "light  ");
  start.is_read = false;  // the client starts another type in its place, which sets nothing
  CHECK(chosen(start) == "light  high");
  start.own_model = "sonnet";
  CHECK(chosen(start) == "light sonnet high");
  start.own_model = "fable";  // above the session's
  CHECK(chosen(start) == "light  high");
  start.asked_model = "haiku";
  CHECK(chosen(start) == "light  high");
}

TEST_CASE("nothing is above the session's model, and of an unknown one only the lightest is surely not") {
  CHECK(chosen(agent("deep", Family::sonnet)) == "deep  high");
  CHECK(chosen(agent("standard", Family::haiku)) == "standard  medium");
  CHECK(chosen(agent("deep", Family::fable)) == "deep opus high");
  CHECK(chosen(agent("light", std::nullopt)) == "light haiku low");
  CHECK(chosen(agent("standard", std::nullopt)) == "standard  medium");
  policy::Tiers tiers = three;
  tiers.all[2].raise = true;
  CHECK(chosen(agent("deep", Family::sonnet), tiers) == "deep opus high");
  CHECK(chosen(agent("standard", Family::haiku), tiers) == "standard  medium");
  tiers.raise = true;
  CHECK(chosen(agent("standard", Family::haiku), tiers) == "standard sonnet medium");
  CHECK(chosen(agent("deep", std::nullopt), tiers) == "deep opus high");
}

TEST_CASE("a subagent's subagent gets the session's model by name, since it would inherit its caller's") {
  Start start = agent("deep", Family::sonnet);
  start.nested = true;
  CHECK(chosen(start) == "deep sonnet high");
  start.session.reset();
  CHECK(chosen(start) == "deep  high");
}

TEST_CASE("what failed goes up by one, at the top to what the session has") {
  CHECK(chosen(after_failure("light")) == "standard! sonnet medium");
  CHECK(chosen(after_failure("standard")) == "deep! opus high");
  CHECK(chosen(after_failure("deep")) == "session!  ");
  CHECK(chosen(after_failure("standard", Family::sonnet)) == "deep!  high");
  CHECK(chosen(after_failure("golden")) == "  ");
  policy::Tiers efforts;
  efforts.all = {
      {"b", Family::haiku, "high", false}, {"c", std::nullopt, "max", false}, {"a", Family::haiku, "low", false}};
  CHECK(chosen(after_failure("a"), efforts) == "b! haiku high");
  CHECK(chosen(after_failure("b"), efforts) == "c!  max");
  CHECK(chosen(after_failure("c"), efforts) == "session!  ");
}

TEST_CASE("a caller's model stays when its agent goes up, too") {
  Start start = after_failure("light");
  start.asked_model = "haiku";
  CHECK(chosen(start) == "standard!  medium");
}

TEST_CASE("a model's family is found in whatever it is called") {
  CHECK(client::family_of("claude-opus-5-5") == Family::opus);
  CHECK(client::family_of("opus[1m]") == Family::opus);
  CHECK(client::family_of("eu.anthropic.claude-haiku-4-5-20251001-v1:0") == Family::haiku);
  CHECK(client::family_of("claude-3-7-sonnet@20250219") == Family::sonnet);
  CHECK(client::family_of("claude-mythos-5-2") == Family::fable);
  for (const char* other : {"", "opusplan", "gpt-9", "default", "magnumopus"}) CHECK(!client::family_of(other));
  CHECK(client::find_family("haiku") == Family::haiku);
  for (const char* other : {"claude-haiku-4-5", "Haiku", "inherit"}) CHECK(!client::find_family(other));
}

TEST_CASE("a model's price is found under its name, with a date or a provider's words around it, and no other's") {
  const auto input = [](const char* model) {
    const client::Price* price = client::find_price(model);
    return price == nullptr ? 0 : price->usual.input;
  };
  CHECK(input("claude-opus-5-5") == 4'000'000);
  CHECK(input("claude-opus-4-5-20251101") == 5'000'000);
  CHECK(input("claude-opus-4-20250514") == 15'000'000);
  CHECK(input("us.anthropic.claude-haiku-4-5-20251001-v1:0") == 1'000'000);
  CHECK(input("claude-haiku-4-5@20251001") == 1'000'000);
  CHECK(input("claude-sonnet-5-5[1m]") == 2'000'000);
  CHECK(client::find_price("claude-haiku-5-5")->long_prompt.input == 500'000);
  for (const char* other : {"", "claude-opus-9", "claude-opus-5-9", "xclaude-opus-5-5", "opus"})
    CHECK(client::find_price(other) == nullptr);
}

TEST_CASE("an agent's tier stands below its metadata") {
  const auto said = [](const std::string& yaml) {
    const ManifestTier tier = manifest_tier("---\n" + yaml + "---\nbody\n");
    return tier.tier + "|" + tier.model + "|" + tier.effort;
  };
  CHECK(said("name: a\nmodel: sonnet\neffort: high\nmetadata:\n  cascade-tier: light\n") == "light|sonnet|high");
  CHECK(said("name: a\nmetadata: { tier: deep }\n") == "deep||");
  CHECK(said("name: a\ncascade-tier: light\n") == "||");
  CHECK(said("metadata: [light]\nmodel: [a]\n") == "||");
  CHECK(manifest_tier("no front matter\n").tier.empty());
}
