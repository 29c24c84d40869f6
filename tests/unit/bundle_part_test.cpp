#include "bundle/part.h"

#include <catch2/catch.hpp>

#include "unit/registry_text.h"

namespace cascade::bundle {
namespace {

std::string name(Part part) {
  switch (part) {
    case Part::procedure: return "procedure";
    case Part::verification: return "verification";
    case Part::guidance: return "guidance";
    case Part::plain: return "plain";
    case Part::aside: return "aside";
  }
  return {};
}

struct Heading {
  std::uint32_t level;
  std::string text;
};

// The parts of a manifest with these headings after its lead.
std::string parts(const std::vector<Heading>& headings) {
  std::vector<Manifest> manifests = test::manifests_of("skill:a");
  std::vector<Section>& sections = manifests[0].sections;
  sections.assign(1, Section{});
  sections[0].form = Form::lead;
  for (const Heading& heading : headings) {
    Section section;
    section.shorter_of = static_cast<std::uint32_t>(sections.size());
    section.level = heading.level;
    section.heading = heading.text;
    sections.push_back(section);
  }
  std::string out;
  const Registry registry = Registry::build(manifests);
  for (const Part part : parts_of(registry, ManifestId{0})) out += (out.empty() ? "" : " ") + name(part);
  return out;
}

}  // namespace

TEST_CASE("a heading in Chinese, Japanese or Korean says its part, too") {
  CHECK(part_of("\xF0\x9F\x93\x8B \xE6\xAD\xA5\xE9\xAA\xA4") == Part::procedure);
  CHECK(part_of("\xE4\xBD\x9C\xE6\xA5\xAD\xE6\x89\x8B\xE9\xA0\x86") == Part::procedure);
  CHECK(part_of("\xEA\xB2\x80\xEC\xA6\x9D") == Part::verification);
  CHECK(part_of("\xE5\x8F\x82\xE8\x80\x83\xE8\xB5\x84\xE6\x96\x99") == Part::aside);
  CHECK(part_of("\xE8\x83\x8C\xE6\x99\xAF") == Part::plain);
}

TEST_CASE("a heading in German, Spanish, Portuguese or French says its part, too") {
  CHECK(part_of("Ablauf") == Part::procedure);
  CHECK(part_of("Los pasos") == Part::procedure);
  CHECK(part_of("Exemplos") == Part::aside);
  CHECK(part_of("Pr\303\274fliste") == Part::verification);
  CHECK(part_of("\xC3\x89tapes") == Part::procedure);
  CHECK(part_of("Verificaci\xC3\xB3n") == Part::verification);
  CHECK(part_of("Hintergrund der Pr\303\274fung") == Part::aside);
  CHECK(part_of("Tapes \xE2\x80\x93 audio") == Part::plain);
}

TEST_CASE("a heading's words tell what its section is") {
  CHECK(part_of("Steps") == Part::procedure);
  CHECK(part_of("PHASE 2: Reproduce") == Part::procedure);
  CHECK(part_of("Verify") == Part::verification);
  CHECK(part_of("Success criteria and outputs") == Part::verification);
  CHECK(part_of("Error handling") == Part::guidance);
  CHECK(part_of("Prerequisites") == Part::guidance);
  CHECK(part_of("Glossary") == Part::aside);
  CHECK(part_of("Related skills") == Part::aside);
  CHECK(part_of("Traps") == Part::plain);
  CHECK(part_of("Footsteps") == Part::plain);
  CHECK(part_of("") == Part::plain);
  CHECK(part_of("Aufgaben für \xC3") == Part::plain);
}

TEST_CASE("of several words an aside decides, then what is worth most") {
  CHECK(part_of("Example workflow") == Part::aside);
  CHECK(part_of("Workflow examples") == Part::aside);
  CHECK(part_of("Validation process") == Part::procedure);
  CHECK(part_of("Failure checklist") == Part::verification);
}

TEST_CASE("what says nothing by itself is what stands around it") {
  CHECK(parts({{2, "Steps"}, {3, "Prepare"}, {4, "Tools"}, {3, "Examples"}, {2, "Background"}, {3, "Prior art"}}) ==
        "guidance procedure procedure procedure aside aside aside");
  CHECK(parts({{2, "Verify"}, {2, "Traps"}}) == "guidance verification plain");
}

TEST_CASE("a title says nothing about what stands below it") {
  CHECK(parts({{1, "Verification workflow"}, {2, "Scope"}, {2, "Steps"}}) == "guidance plain plain procedure");
  CHECK(parts({{1, "Reviewer"}, {1, "Process"}, {2, "Reading"}}) == "guidance plain procedure procedure");
}

}  // namespace cascade::bundle
