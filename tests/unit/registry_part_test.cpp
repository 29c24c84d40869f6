#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "registry/part.h"
#include "registry/tables.h"
#include "unit/seeded_random.h"

using namespace cascade;
using registry::Part;
using registry::write_part;

namespace {

Manifest parsed(const std::string& name, const std::string& text) {
  ManifestSource source;
  source.kind = Kind::skill;
  source.component = "skills";
  const std::string path = "skills/" + name + "/SKILL.md";
  source.path = path;
  source.text = text;
  return parse_manifest(source, TokenCounter::estimating());
}

Manifest rich() {
  return parsed(
      "review",
      "---\nname: review\nname: Review\ndescription: Reviews code. Use when code changed.\n"
      "allowed-tools: Read, Bash(git diff *), mcp__tracker__search\nmetadata:\n  cascade-agents: linter planner\n"
      "  cascade-requires-any: skill:a skill:b\n  cascade-conflicts: skill:old\n---\n"
      "Lead with mcp__tracker__open and `/lint`.\n\n## Steps\n\nFirst paragraph.\n\n```\ncode\n```\n\n"
      "1. Task(\"t\", \"p\", \"tester\")\n\n### Then\n\nRest.\n");
}

// 8-byte aligned, as in a mapped file.
struct Aligned {
  explicit Aligned(std::string_view bytes) : words(bytes.size() / 8 + 2), size(bytes.size()) {
    std::memcpy(words.data(), bytes.data(), bytes.size());
  }
  std::string_view view() const { return {reinterpret_cast<const char*>(words.data()), size}; }
  char* data() { return reinterpret_cast<char*>(words.data()); }
  std::vector<std::uint64_t> words;
  std::size_t size;
};

// Everything that a registry says of its first manifest.
std::string said(const Registry& registry) {
  const ManifestView view = registry[ManifestId{0}];
  std::string text = to_string(Symbol{view.kind, std::string(view.name)}) + "|" + std::string(view.title) + "|" +
                     std::string(view.path) + "|" + std::string(view.description) + "\n";
  for (std::uint32_t i = 0; i < view.sections; ++i) {
    const SectionView s = registry.section(view.id, i);
    text += std::to_string(s.shorter_of) + " " + std::string(s.heading) + " (" + std::string(s.path) + ") " +
            std::to_string(s.offset) + "+" + std::to_string(s.length) + " costs " + std::to_string(s.cost.tokens) +
            "\n";
  }
  for (const ToolName& tool : registry.tools(view.id)) text += to_string(tool) + "; ";
  for (const Diagnostic& d : registry.problems()) text += "\n" + d.at.path + " " + d.rule + " " + d.message + d.help;
  for (const Unbound& u : registry.unbound()) text += "\n" + to_string(u.reference.target) + " " + u.reference.at.path;
  return text + "\n" + std::string(registry.field(view.id, "description").value_or("none"));
}

}  // namespace

TEST_CASE("a part has everything that the registry says of a manifest") {
  const Manifest m = rich();
  const Aligned bytes(write_part(m));
  CHECK(bytes.size % 8 == 0);
  const auto part = Part::open(bytes.view());
  REQUIRE(part);
  CHECK(part->name == m.symbol.name);
  CHECK(part->path == m.path);
  REQUIRE(part->sections.size == m.sections.size());
  for (std::size_t i = 0; i < m.sections.size(); ++i) {
    CHECK(part->shown(part->sections[i].heading) == m.sections[i].heading);
    CHECK(part->shown(part->sections[i].path) == m.sections[i].path);
    CHECK(part->sections[i].cost == m.sections[i].cost);
  }
  REQUIRE(part->references.size == m.references.size());
  for (std::size_t i = 0; i < m.references.size(); ++i) {
    const registry::Call call = part->call(part->references[i]);
    CHECK(Symbol{call.kind, std::string(call.name)} == m.references[i].target);
    CHECK(call.via == m.references[i].via);
    CHECK(part->shown(part->references[i].at.path) == m.references[i].at.path);
  }
  REQUIRE(part->groups.size == 1 + m.requires_any.size());
  CHECK(part->group(0).size == m.conflicts.size());
  CHECK(part->called(part->group(1)[1].name) == m.requires_any[0][1].name);
  CHECK(part->diagnostics.size == m.problems.size());
}

TEST_CASE("parts in any order make the registry of their manifests, byte for byte") {
  std::vector<Manifest> manifests = {rich(), parsed("a", "---\nname: a\ndescription: A.\n---\nSee skill `review`.\n"),
                                     parsed("b", "# B\n\n## C\n\nUse Skill(a) and Skill(none).\n")};
  const std::string expected(RegistryTables::bytes(Registry::build(manifests)));
  std::vector<Aligned> parts;
  for (const Manifest& m : manifests) parts.emplace_back(write_part(m));
  std::vector<int> order = {0, 1, 2};
  do {
    std::vector<std::string_view> views;
    for (const int i : order) views.push_back(parts[static_cast<std::size_t>(i)].view());
    CHECK(RegistryTables::bytes(RegistryTables::build(views)) == expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("cut parts are refused, damaged ones are read within their bytes") {
  const std::string bytes = write_part(rich());
  for (std::size_t cut = 0; cut < bytes.size(); cut += 8) {
    const Aligned part(std::string_view(bytes).substr(0, cut));
    CHECK_FALSE(Part::open(part.view()));
  }
  Aligned moved(bytes + "x");
  CHECK_FALSE(Part::open(moved.view().substr(1)));
  const Aligned good(write_part(parsed("a", "---\nname: a\ndescription: A.\n---\nSee skill `review`.\n")));
  test::SeededRandom random{7};
  std::size_t length = 0;
  for (int round = 0; round < 3000; ++round) {
    Aligned damaged(bytes);
    for (int edit = 0; edit < 4; ++edit)
      damaged.data()[random.below(bytes.size())] = static_cast<char>(random.below(256));
    const Registry registry = RegistryTables::build({damaged.view(), good.view()});
    CHECK((registry.size() == 1 || registry.size() == 2));
    length += said(registry).size();
  }
  CHECK(length > 0);
  const Aligned whole(bytes);
  CHECK(said(RegistryTables::build({whole.view()})) == said(Registry::build({rich()})));
}
