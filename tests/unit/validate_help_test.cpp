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
