#include <catch2/catch.hpp>

#include "client/dialect.h"
#include "client/listing.h"
#include "client/models.h"
#include "listed/client_listing.h"
#include "listing/listing.h"
#include "unit/memory_tree.h"

#include <algorithm>
#include <map>

using namespace cascade;
using listing::Line;
using listing::Shown;

namespace {

Manifest skill(const std::string& name, std::size_t length, Scope scope = Scope::project, Kind kind = Kind::skill) {
  const std::string text = "---\nname: " + name + "\ndescription: " + std::string(length, 'x') + "\n---\nDo it.\n";
  const std::string path = ".claude/skills/" + name + "/SKILL.md";
  ManifestSource source;
  source.scope = scope;
  source.kind = kind;
  source.component = ".claude/skills";
  source.path = path;
  source.text = text;
  return parse_manifest(source, TokenCounter::estimating());
}

listing::ListingRequest request(std::uint32_t budget) {
  listing::ListingRequest made;
  made.settings.budget = budget;
  made.built_in = false;
  return made;
}

std::string shown(const listing::Listing& listing) {
  std::string text;
  for (const Line& line : listing.skills)
    text += (text.empty() ? "" : " ") + line.name +
            (line.shown == Shown::whole ? "+"
             : line.shown == Shown::cut ? "-"
                                        : "=");
  return text;
}

std::string list(const std::vector<Manifest>& manifests, const listing::ListingRequest& asked) {
  return shown(listing::client_listing(Registry::build(manifests), TokenCounter::estimating(), asked));
}

}  // namespace

TEST_CASE("names stand as the client orders them: signs, digits, letters without regard to case") {
  std::vector<std::string> names = {"B1", "a1",  "a_1", "a-1", "a.1", "A2", "Z",
                                    "z",  "a 1", "10",  "_x",  "(p)", "AB", "ab"};
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return client::compare_names(a, b) < 0; });
  CHECK(names == std::vector<std::string>{"_x", "(p)", "10", "a 1", "a_1", "a-1", "a.1", "a1", "A2", "ab", "AB", "B1",
                                          "z", "Z"});
}

TEST_CASE("all descriptions stand in the list when they fit, with a line feed between lines counted") {
  const std::vector<Manifest> two = {skill("aa", 10), skill("bb", 10)};
  const std::uint32_t exact = 2 * (2 + 2 + 2 + 10) + 1;
  CHECK(list(two, request(exact)) == "aa+ bb+");
  CHECK(list(two, request(exact - 1)) == "aa+ bb-");
}

TEST_CASE("a description that does not fit keeps no shorter one behind it out") {
  const std::vector<Manifest> three = {skill("aa", 10), skill("bb", 50), skill("cc", 10)};
  CHECK(list(three, request(60)) == "aa+ bb- cc+");
  CHECK(list(three, request(1)) == "aa- bb- cc-");
}

TEST_CASE("what the client thinks is used more gets its description first") {
  auto asked = request(40);
  asked.usage = [](std::string_view name) { return name == "cc" ? 2U : 0U; };
  CHECK(list({skill("aa", 20), skill("bb", 20), skill("cc", 20)}, asked) == "aa- bb- cc+");
}

TEST_CASE("the user's skills stand before the project's, and what is switched off stands nowhere") {
  files::MemoryTree tree;
  tree.write("/w/.claude/settings.json",
             R"({"skillOverrides":{"aa":"name-only","bb":"off","cc":"user-invocable-only"}})");
  auto asked = request(1000);
  asked.overrides = client::SkillOverrides::read(tree, client::UserPlace{}, "/w");
  CHECK(list({skill("aa", 5), skill("bb", 5), skill("cc", 5), skill("dd", 5), skill("zz", 5, Scope::user)}, asked) ==
        "zz+ aa= dd+");
}

TEST_CASE("what permissions.deny takes out of the list: agents by name, skills only all at once") {
  const auto listed_with = [](const char* settings) {
    files::MemoryTree tree;
    tree.write("/w/.claude/settings.json", settings);
    auto asked = request(1000);
    asked.denied = client::read_switches(tree, client::UserPlace{}, "/w");
    const auto all = listing::client_listing(
        Registry::build({skill("aa", 5), skill("bb", 5), skill("pilot", 5, Scope::project, Kind::agent)}),
        TokenCounter::estimating(), asked);
    return shown(all) + (all.agents.empty() ? "" : " & " + all.agents.front().name);
  };
  CHECK(listed_with("{}") == "aa+ bb+ & pilot");
  CHECK(listed_with(R"x({"permissions":{"deny":["Skill(aa)","Skill(b*)"]}})x") == "aa+ bb+ & pilot");
  CHECK(listed_with(R"x({"permissions":{"deny":["Agent(pilot)"]}})x") == "aa+ bb+");
  CHECK(listed_with(R"x({"permissions":{"deny":["Skill"]}})x") == " & pilot");
}

TEST_CASE("the client's own lines count, and keep their descriptions unless they are switched") {
  auto asked = request(8000);
  asked.built_in = true;
  const auto all = listing::client_listing(Registry::build({}), TokenCounter::estimating(), asked);
  CHECK(all.skills.size() == 13);
  CHECK(all.skills_cost.chars == 6210 + 1);
  asked.settings.bundled = false;
  CHECK(shown(listing::client_listing(Registry::build({}), TokenCounter::estimating(), asked)) == "plugin-authoring+");
  asked.settings.bundled = true;
  asked.settings.budget = 10;
  const auto none = listing::client_listing(Registry::build({}), TokenCounter::estimating(), asked);
  CHECK(none.skills.front().shown == Shown::whole);
  CHECK(none.skills.back().shown == Shown::cut);
}

TEST_CASE("the room is a hundredth of the window: 8,000 characters to 4.6, 30,000 from 4.7 on") {
  const client::ListingSettings usual;
  for (const char* older :
       {"claude-sonnet-4-5", "claude-opus-4-6-20260101", "claude-sonnet-4-20250514", "claude-3-5-haiku"})
    CHECK(client::listing_budget(usual, older) == 8000);
  CHECK(client::listing_budget(usual, "claude-sonnet-4-5[1m]") == 40000);
  for (const char* newer : {"claude-opus-4-7", "claude-opus-5-5", "claude-sonnet-5", "opus", ""})
    CHECK(client::listing_budget(usual, newer) == 30000);
  client::ListingSettings set;
  set.fraction = 0.013;
  CHECK(client::listing_budget(set, "claude-sonnet-4-5") == 10400);
  set.budget = 9000;
  CHECK(client::listing_budget(set, "claude-sonnet-4-5") == 9000);
}

TEST_CASE("the window is that of the model with which the client begins, by its variables and settings") {
  const std::string local = "/w/.claude/settings.local.json", own = "/home/u/.claude/settings.json";
  const auto chosen = [&](const std::string& nearest, const std::map<std::string, std::string>& variables = {}) {
    const client::ChosenModel model = client::chosen_model(
        {{local, nearest}, {own, R"({"model": "claude-sonnet-4-5"})"}}, [&](const std::string& name) {
          const auto found = variables.find(name);
          return found == variables.end() ? std::string() : found->second;
        });
    client::ListingSettings settings;
    settings.long_windows = model.no_long_from.empty();
    const client::Room room = client::listing_room(settings, model.name);
    return model.name + ", " + model.from + ": " + std::to_string(room.window) + (room.assumed ? " assumed" : "");
  };
  CHECK(chosen("{}") == "claude-sonnet-4-5, model in " + own + ": 200000");
  CHECK(chosen(R"({"model": "opus[1m]"})") == "opus[1m], model in " + local + ": 1000000 assumed");
  CHECK(chosen(R"({"model": "sonnet"})", {{"ANTHROPIC_DEFAULT_SONNET_MODEL", "claude-sonnet-4-6"}}) ==
        "claude-sonnet-4-6, model in " + local + ", ANTHROPIC_DEFAULT_SONNET_MODEL: 200000");
  CHECK(chosen(R"({"model": "sonnet[1m]"})", {{"ANTHROPIC_DEFAULT_SONNET_MODEL", "claude-sonnet-4-6"}}) ==
        "claude-sonnet-4-6[1m], model in " + local + ", ANTHROPIC_DEFAULT_SONNET_MODEL: 1000000");
  CHECK(chosen("{}", {{"ANTHROPIC_MODEL", "claude-opus-4-6"}}) == "claude-opus-4-6, ANTHROPIC_MODEL: 200000");
  CHECK(chosen(R"({"env": {"ANTHROPIC_MODEL": "claude-opus-5-5"}})", {{"ANTHROPIC_MODEL", "claude-opus-4-6"}}) ==
        "claude-opus-5-5, ANTHROPIC_MODEL in " + local + ": 1000000");
  CHECK(chosen(R"({"model": "claude-opus-4-6[1m]", "env": {"CLAUDE_CODE_DISABLE_1M_CONTEXT": 1}})") ==
        "claude-opus-4-6[1m], model in " + local + ": 200000");
  CHECK(chosen(R"({"model": {"a": 1}, "env": []})") == "claude-sonnet-4-5, model in " + own + ": 200000");
  CHECK(chosen("{nonsense") == "claude-sonnet-4-5, model in " + own + ": 200000");
}

TEST_CASE("settings of the list are read where they decide, and nonsense says nothing") {
  files::MemoryTree tree;
  tree.write("/home/u/.claude/settings.json",
             R"({"skillListingMaxDescChars": 50, "skillListingBudgetFraction": 0.02})");
  tree.write("/w/.claude/settings.json", R"({"skillListingBudgetFraction": 7, "disableBundledSkills": true})");
  const auto settings =
      client::ListingSettings::read(tree, client::user_place("/home/u", std::nullopt, ""), "/w", "many");
  CHECK(settings.max_description == 50);
  CHECK(settings.fraction == 0.02);
  CHECK_FALSE(settings.bundled);
  CHECK(settings.budget == 0);
}

TEST_CASE("tuning keeps the descriptions of what is used and lists the rest by name") {
  const Registry registry =
      Registry::build({skill("aa", 30), skill("bb", 30), skill("cc", 30), skill("uu", 30, Scope::user)});
  const auto asked = request(4 * 4 + 3 + 2 * 32);
  const auto plan = listing::plan_tuning(registry, TokenCounter::estimating(), asked, {{"uu", 3}, {"cc", 1}});
  CHECK(plan.name_only == std::vector<std::string>{"aa", "bb"});
  CHECK(shown(plan.before) == "uu+ aa+ bb- cc-");
  CHECK(shown(plan.after) == "uu+ aa= bb= cc+");
}

TEST_CASE("tuning leaves alone what fits, and what the user has set") {
  const Registry registry = Registry::build({skill("aa", 30), skill("bb", 30), skill("cc", 30)});
  CHECK(listing::plan_tuning(registry, TokenCounter::estimating(), request(1000), {}).name_only.empty());
  files::MemoryTree tree;
  tree.write("/w/.claude/settings.json", R"({"skillOverrides":{"bb":"on"}})");
  auto asked = request(3 * 4 + 2 + 32);
  asked.overrides = client::SkillOverrides::read(tree, client::UserPlace{}, "/w");
  const auto plan = listing::plan_tuning(registry, TokenCounter::estimating(), asked, {{"cc", 1}});
  CHECK(plan.name_only == std::vector<std::string>{"aa"});
}

TEST_CASE("a transcript tells which skills were called and typed, and which MCP tools there were") {
  listing::ProjectHistory history;
  listing::read_transcript(
      R"({"type":"assistant","message":{"content":[{"type":"tool_use","name":"Skill","input":{"skill":"review"}}]}}
{"type":"api-request-blob","message":{"content":[{"type":"tool_use","name":"Skill","input":{"skill":"review"}}]}}
{"type":"user","message":{"content":"<command-name>/deploy</command-name>"}}
{"type":"attachment","attachment":{"type":"deferred_tools_delta","addedNames":["WebFetch","mcp__a__x","mcp__a__y"]}}
{"type":"attachment","attachment":{"type":"deferred_tools_delta","addedNames":[],"removedNames":["mcp__a__x"]}}
{"type":"assistant","message":{"content":[{"type":"tool_use","name":"Skill","inp)",
      history);
  CHECK(history.uses == listing::Uses{{"deploy", 1}, {"review", 1}});
  CHECK(history.mcp_tools == std::vector<std::string>{"mcp__a__y"});
  CHECK(listing::transcripts_folder("/home/ana/my_app.x") == "-home-ana-my-app-x");
}

TEST_CASE(
    "definitions of MCP tools are those that the transcript keeps of the client's requests, the latest of a name") {
  listing::ProjectHistory history;
  listing::read_transcript(
      R"({"type":"api-request-shape","shape":{"system":[],"tools":[{"name":"Read"},{"name":"mcp__b__x","description":"old","input_schema":{}}]}})"
      "\n"
      R"({"type":"api-request-shape","shape":{"tools":[{"name":"mcp__b__x","description":"n\u00e9w","input_schema":{"n":1.50},"cache_control":{}},{"name":"mcp__a__y","input_schema":{},"defer_loading":true}]}})"
      "\n"
      R"({"type":"api-request-shape","shape":{"tools":"mcp__"}})"
      "\n"
      R"({"type":"api-request-blob","shape":{"tools":[{"name":"mcp__c__z"}]}})"
      "\n",
      history);
  REQUIRE(history.mcp_definitions.size() == 2);
  CHECK(history.mcp_definitions[0].json == R"({"name":"mcp__a__y","input_schema":{}})");
  CHECK(history.mcp_definitions[0].on_demand);
  CHECK(history.mcp_definitions[1].json == R"({"name":"mcp__b__x","description":"néw","input_schema":{"n":1.50}})");
  CHECK_FALSE(history.mcp_definitions[1].on_demand);
}
