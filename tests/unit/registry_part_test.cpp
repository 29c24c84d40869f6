#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "registry/part.h"
#include "registry/tables.h"
#include "unit/seeded_random.h"

using namespace cascade;
using registry::Part;

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

// A new part, as views; `shown` may be that of another one.
struct AlignedPart {
  explicit AlignedPart(const Manifest& m) : AlignedPart(registry::PartMaker().make(m)) {}
  explicit AlignedPart(const registry::MadePart& made) : shown(made.shown), calls(made.calls) {}
  std::optional<Part> open() const { return Part::open(shown.view(), calls.view()); }
  Aligned shown, calls;
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
  const AlignedPart made(m);
  CHECK(made.shown.size % 8 == 0);
  CHECK(made.calls.size % 8 == 0);
  const auto part = made.open();
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
  std::vector<AlignedPart> parts;
  for (const Manifest& m : manifests) parts.emplace_back(m);
  std::vector<std::size_t> order = {0, 1, 2};
  do {
    std::vector<Part> opened;
    for (const std::size_t i : order) opened.push_back(*parts[i].open());
    std::vector<std::uint32_t> ids;
    const Registry registry = RegistryTables::build(opened, &ids);
    CHECK(RegistryTables::bytes(registry) == expected);
    REQUIRE(ids.size() == order.size());
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(registry[ManifestId{ids[i]}].path == manifests[order[i]].path);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a part that is taken from a registry makes what the new one makes, beside any others") {
  const std::vector<Manifest> manifests = {
      rich(), parsed("a", "---\nname: a\ndescription: A.\nallowed-tools: )\n---\nSee skill `review`.\n"),
      parsed("b", "# B\n\n## C\n\nUse Skill(a) and Skill(none).\n"),
      parsed("zeta", "---\nname: Zeta\nname: other\ndescription: [\n---\n# Zeta\n\nTask(\"x\", \"y\", \"a\")\n")};
  const std::size_t all = manifests.size();
  std::vector<AlignedPart> made;
  for (const Manifest& m : manifests) made.emplace_back(m);
  const auto chosen = [&](std::size_t set, const auto& part) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < all; ++i)
      if ((set >> i & 1) != 0) parts.push_back(part(i));
    return parts;
  };
  const auto fresh = [&](std::size_t i) { return *made[i].open(); };
  for (std::size_t before = 1; before < 1U << all; ++before) {
    std::vector<std::uint32_t> ids;
    const Registry earlier = RegistryTables::build(chosen(before, fresh), &ids);
    const auto taken = [&](std::size_t i) {
      if ((before >> i & 1) == 0) return fresh(i);
      std::size_t at = 0;
      for (std::size_t other = 0; other < i; ++other) at += before >> other & 1;
      return *RegistryTables::part(earlier, ids[at], made[i].calls.view());
    };
    for (std::size_t after = 1; after < 1U << all; ++after)
      CHECK(RegistryTables::bytes(RegistryTables::build(chosen(after, taken))) ==
            RegistryTables::bytes(RegistryTables::build(chosen(after, fresh))));
    const auto size = static_cast<std::uint32_t>(earlier.size());
    CHECK(RegistryTables::has_part(earlier, size - 1, made[0].calls.view()));
    CHECK_FALSE(RegistryTables::has_part(earlier, size, made[0].calls.view()));
    CHECK_FALSE(RegistryTables::has_part(earlier, 0, made[0].calls.view().substr(8)));
    CHECK_FALSE(RegistryTables::part(earlier, size, made[0].calls.view()));
    CHECK_FALSE(RegistryTables::part(earlier, 0, made[0].calls.view().substr(8)));
  }
}

TEST_CASE("manifests lie in the order of their symbols, however these begin") {
  test::SeededRandom random{3};
  const std::string_view pieces[] = {"a", "b", "abcdefg", "abcdef", "\xC3\xA9", "\x7F", "z-", ":"};
  std::vector<Manifest> manifests(300);
  for (Manifest& m : manifests) {
    m.symbol.kind = static_cast<Kind>(random.below(3));
    for (std::uint32_t n = random.below(4); n > 0; --n) m.symbol.name += pieces[random.below(8)];
    m.path = std::to_string(&m - manifests.data());
  }
  const Registry registry = Registry::build(manifests);
  REQUIRE(registry.size() == manifests.size());
  for (std::uint32_t id = 1; id < registry.size(); ++id) {
    const ManifestView before = registry[ManifestId{id - 1}], view = registry[ManifestId{id}];
    CHECK(std::tie(before.kind, before.name) <= std::tie(view.kind, view.name));
  }
  for (const Manifest& m : manifests) CHECK(registry.find(m.symbol));
}

TEST_CASE("cut parts are refused, damaged ones are read within their bytes") {
  const AlignedPart whole(rich());
  for (std::size_t cut = 0; cut < whole.shown.size; cut += 8)
    CHECK_FALSE(Part::open(whole.shown.view().substr(0, cut), whole.calls.view()));
  for (std::size_t cut = 0; cut < whole.calls.size; cut += 8)
    CHECK_FALSE(Part::open(whole.shown.view(), whole.calls.view().substr(0, cut)));
  CHECK_FALSE(Part::open(Aligned(std::string(whole.shown.view()) + "x").view().substr(1), whole.calls.view()));
  const AlignedPart good(parsed("a", "---\nname: a\ndescription: A.\n---\nSee skill `review`.\n"));
  test::SeededRandom random{7};
  std::size_t length = 0;
  for (int round = 0; round < 3000; ++round) {
    AlignedPart damaged = whole;
    for (Aligned* bytes : {&damaged.shown, &damaged.calls})
      for (int edit = 0; edit < 3; ++edit)
        bytes->data()[random.below(bytes->size)] = static_cast<char>(random.below(256));
    std::vector<Part> parts = {*good.open()};
    if (const auto part = damaged.open()) parts.push_back(*part);
    const Registry registry = RegistryTables::build(parts);
    CHECK(registry.size() == parts.size());
    length += said(registry).size();
  }
  CHECK(length > 0);
  CHECK(said(RegistryTables::build({*whole.open()})) == said(Registry::build({rich()})));
}

TEST_CASE("parts of a damaged registry are read within its bytes") {
  const AlignedPart calls(rich());
  const Registry good = Registry::build({rich(), parsed("a", "---\nname: a\ndescription: A.\n---\n# A\n\nB.\n")});
  test::SeededRandom random{11};
  std::size_t length = 0, opened = 0;
  for (int round = 0; round < 3000; ++round) {
    Aligned damaged(RegistryTables::bytes(good));
    for (int edit = 0; edit < 8; ++edit)
      damaged.data()[random.below(edit < 6 ? 1200 : damaged.size)] = static_cast<char>(random.below(256));
    const auto registry = RegistryTables::open(nullptr, damaged.view());
    if (!registry) continue;
    ++opened;
    std::vector<Part> parts;
    for (std::uint32_t id = 0; id < 3; ++id)
      if (const auto part = RegistryTables::part(*registry, id, calls.calls.view())) parts.push_back(*part);
    length += said(RegistryTables::build(parts)).size();
  }
  CHECK(opened > 300);
  CHECK(length > 0);
}

TEST_CASE("a manifest has as many whole sections as are no shorter form of another") {
  std::string code;
  for (int line = 0; line < 30; ++line) code += "a line of code\n";
  const Registry registry = Registry::build(
      {parsed("review", "Lead.\n\n## Steps\n\nFirst paragraph.\n\n```\n" + code + "```\n\n### Then\n\nRest.\n")});
  const ManifestId id{0};
  std::uint32_t whole = 0;
  for (std::uint32_t i = 0; i < registry[id].sections; ++i) whole += registry.section(id, i).shorter_of == i ? 1 : 0;
  CHECK(registry.whole_sections(id) == whole);
  CHECK(whole == 3);  // what stands before the first heading, "Steps", "Then"
  CHECK(registry[id].sections > whole);
}

TEST_CASE("beyond a manifest's last section and beyond the last manifest there is nothing") {
  const Registry registry =
      Registry::build({parsed("a", "Lead.\n\n## Steps\n\nDo it.\n"), parsed("b", "# B\n\nIt.\n")});
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const std::uint32_t sections = registry[id].sections;
    REQUIRE(sections > 0);
    CHECK(registry.section(id, sections - 1).content_hash != 0);
    for (const std::uint32_t position : {sections, sections + 1, 0xffffffffU}) {
      CHECK(registry.section(id, position).content_hash == 0);
      CHECK(registry.section(id, position).line == SectionView().line);
    }
  }
}
