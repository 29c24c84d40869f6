// What a finding advises, where its text depends on what was found.
#include "unit/validate_tree.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade {
namespace {

using test::ValidatedTree;

// The advice of each finding of the rule, one a line.
std::string advice(const ValidatedTree& tree, std::string_view rule) {
  std::string lines;
  for (const Diagnostic& finding : tree.validate().found)
    if (finding.rule == rule) lines += finding.help + "\n";
  return lines;
}

std::string version_to_pin(const std::string& runner, const std::string& package) {
  ValidatedTree tree;
  tree.skill("a").file(".mcp.json",
                       R"({"mcpServers": {"x": {"command": ")" + runner + R"(", "args": [")" + package + R"("]}}})");
  return advice(tree, "SEC017");
}

}  // namespace

TEST_CASE("a pinned version stands in the place of the one that is there") {
  CHECK(version_to_pin("uvx", "tide") == "name one, as in tide==1.2.3\n");
  CHECK(version_to_pin("uvx", "tide>=0.3") == "name one, as in tide==1.2.3\n");
  CHECK(version_to_pin("uvx", "tide[moon]~=2,<3") == "name one, as in tide[moon]==1.2.3\n");
  CHECK(version_to_pin("uvx", "tide@latest") == "name one, as in tide==1.2.3\n");
  CHECK(version_to_pin("npx", "@pier/tide") == "name one, as in @pier/tide@1.2.3\n");
  CHECK(version_to_pin("npx", "@pier/tide@^1") == "name one, as in @pier/tide@1.2.3\n");
}

TEST_CASE("a dead link names the one file of that name in the skill") {
  ValidatedTree tree;
  tree.skill("a", {}, "Read [tides](tides.md), [moons](moons.md) and [winds](winds.md).\n")
      .file("skills/a/guides/tides.md", "Tides.\n")
      .file("skills/a/one/moons.md", "Moons.\n")
      .file("skills/a/two/moons.md", "Moons.\n");
  CHECK(advice(tree, "CT001") ==
        "did you mean skills/a/guides/tides.md?\nadd the file, or remove the link\nadd the file, or remove the link\n");
}

TEST_CASE("a skill is called as its folder however the letters of both are composed") {
  for (const auto& [name, folder] : {std::pair("\uAC00\uC774\uB4DC", "\u1100\u1161\u110B\u1175\u1103\u1173"),
                                     std::pair("\u30AC\u30A4\u30C9", "\u30AB\u3099\u30A4\u30C8\u3099"),
                                     std::pair("caf\u00E9", "cafe\u0301"), std::pair("caf\u00E9", "cafe")}) {
    ValidatedTree tree;
    tree.file(std::string("skills/") + folder + "/SKILL.md",
              std::string("---\nname: ") + name + "\ndescription: Sorts. Use when asked.\n---\nDo it.\n");
    CHECK(advice(tree, "ID003").empty() == (std::string(folder) != "cafe"));
  }
}

TEST_CASE("the first of many equal keys alone tells in how many files they are") {
  ValidatedTree tree;
  for (const char* name : {"net-a", "net-b", "net-c", "net-d", "net-e"}) tree.agent(name, "tier: a\n");
  const std::string first = advice(tree, "FM007");
  CHECK(first.find("; this is the first of 5 files that have it\n") < first.find('\n'));
  CHECK(first.find("files that have it") == first.rfind("files that have it"));
}

TEST_CASE("an event beside the hooks belongs below them, another key elsewhere") {
  ValidatedTree tree;
  tree.skill("a").file("hooks/hooks.json", R"({"hooks": {}, "Stop": [], "statusLine": {}})");
  CHECK(advice(tree, "HK011") == "put it below \"hooks\"\nput it where it is read, or remove it\n");
}

}  // namespace cascade
