#include <catch2/catch.hpp>

#include "manifest/object.h"

using namespace cascade;

namespace {

Manifest rich() {
  ManifestSource source;
  source.kind = Kind::skill;
  source.component = "skills";
  source.path = "skills/review/SKILL.md";
  source.text =
      "---\nname: review\nname: Review\ndescription: Reviews code. Use when code changed.\n"
      "allowed-tools: Read, Bash(git diff *), mcp__tracker__search\nmetadata:\n  cascade-agents: linter planner\n"
      "  cascade-requires-any: skill:a skill:b\n  cascade-conflicts: skill:old\n---\n"
      "Lead with mcp__tracker__open and `/lint`.\n\n## Steps\n\nFirst paragraph.\n\n```\ncode\n```\n\n1. Task(\"t\", "
      "\"p\", \"tester\")\n";
  return parse_manifest(source, TokenCounter::estimating());
}

}  // namespace

TEST_CASE("a manifest survives the way through bytes with every member") {
  const Manifest before = rich();
  REQUIRE_FALSE(before.references.empty());
  REQUIRE_FALSE(before.problems.empty());
  REQUIRE_FALSE(before.named_tools.empty());
  REQUIRE_FALSE(before.requires_any.empty());
  REQUIRE_FALSE(before.conflicts.empty());
  const std::optional<Manifest> after = read_object(write_object(before));
  REQUIRE(after);
  CHECK(after->symbol == before.symbol);
  CHECK(after->title == before.title);
  CHECK(after->aliases == before.aliases);
  CHECK(after->description == before.description);
  CHECK(after->body == before.body);
  CHECK(after->tools == before.tools);
  CHECK(after->conflicts == before.conflicts);
  CHECK(after->requires_any == before.requires_any);
  CHECK(after->named_tools.size() == before.named_tools.size());
  CHECK(after->named_tools.back().tool == before.named_tools.back().tool);
  CHECK(after->fields.size() == before.fields.size());
  CHECK(after->fields.back().value == before.fields.back().value);
  CHECK(after->sections.size() == before.sections.size());
  CHECK(after->sections.back().cost == before.sections.back().cost);
  CHECK(after->references.size() == before.references.size());
  CHECK(after->references.back().target == before.references.back().target);
  CHECK(after->references.back().at.line == before.references.back().at.line);
  CHECK(after->problems.size() == before.problems.size());
  CHECK(after->problems.back().message == before.problems.back().message);
  CHECK(write_object(*after) == write_object(before));
}

TEST_CASE("cut or damaged objects are refused or read within their bytes") {
  const std::string bytes = write_object(rich());
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK_FALSE(read_object(bytes.substr(0, cut)));
  CHECK_FALSE(read_object(bytes + "x"));
  std::size_t refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    refused += read_object(damaged) ? 0 : 1;
  }
  CHECK(refused > 100);
}
