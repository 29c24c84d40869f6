#include <catch2/catch.hpp>

#include "client/settings_files.h"
#include "memory_tree.h"

using namespace cascade;
using client::SkillListing;
using client::SkillOverrides;

namespace {

std::string said(const SkillOverrides& overrides, std::string_view skill, bool of_plugin = false) {
  const client::SkillOverride* found = overrides.find(skill, of_plugin);
  return found == nullptr ? "nothing" : std::string(to_string(found->listing)) + " in " + found->path;
}

std::string settings(const std::string& overrides) { return "{\"skillOverrides\":{" + overrides + "}}"; }

}  // namespace

TEST_CASE("skillOverrides of the nearest settings decide: local, project, user") {
  files::MemoryTree tree;
  tree.write("/home/u/.claude/settings.json", settings(R"("a":"off","b":"off","c":"name-only")"));
  tree.write("/w/.claude/settings.json", settings(R"("a":"on","b":"user-invocable-only","d":"sideways","e":7)"));
  tree.write("/w/.claude/settings.local.json", settings(R"("a":"name-only")"));
  const SkillOverrides overrides =
      SkillOverrides::read(tree, client::user_place("/home/u", std::nullopt, ""), "/w/src/deep");
  CHECK(said(overrides, "a") == "name-only in /w/.claude/settings.local.json");
  CHECK(said(overrides, "b") == "user-invocable-only in /w/.claude/settings.json");
  CHECK(said(overrides, "c") == "name-only in /home/u/.claude/settings.json");
  for (const char* other : {"d", "e", "nobody"}) CHECK(said(overrides, other) == "nothing");
  CHECK(said(overrides, "a", true) == "nothing");
}

TEST_CASE("managed settings go before the user's own, and hold for plugins too") {
  files::MemoryTree tree;
#ifdef _WIN32
  const std::string managed = "C:/Program Files/ClaudeCode/managed-settings.json";
#elif defined(__APPLE__)
  const std::string managed = "/Library/Application Support/ClaudeCode/managed-settings.json";
#else
  const std::string managed = "/etc/claude-code/managed-settings.json";
#endif
  tree.write(managed, settings(R"("a":"off")"));
  tree.write("/w/.claude/settings.local.json", settings(R"("a":"on")"));
  const SkillOverrides overrides = SkillOverrides::read(tree, client::UserPlace{}, "/w");
  CHECK(said(overrides, "a") == "off in " + managed);
  CHECK(said(overrides, "a", true) == "off in " + managed);
}

TEST_CASE("settings that are no JSON, or no settings, say nothing") {
  files::MemoryTree tree;
  tree.write("/w/.claude/settings.json", "{\"skillOverrides\": [");
  tree.write("/w/.claude/settings.local.json", "{\"skillOverrides\": [\"a\"]}");
  CHECK(said(SkillOverrides::read(tree, client::UserPlace{}, "/w"), "a") == "nothing");
  CHECK(said(SkillOverrides::read(tree, client::UserPlace{}, ""), "a") == "nothing");
}
