#include <catch2/catch.hpp>

#include "listed/standing.h"
#include "page/map.h"
#include "syntax/json.h"
#include "unit/registry_text.h"

namespace cascade::page {
namespace {

Registry registry_of(const std::string& text) { return Registry::build(test::manifests_of(text)); }

std::string names(const Registry& registry, const Map& map) {
  std::string text;
  for (std::uint32_t node = 0; node < map.nodes(); ++node)
    text += (text.empty() ? "" : " ") + name_of(registry, map, node);
  return text;
}

std::string names(const Registry& registry, const std::vector<ManifestId>& ids) {
  std::string text;
  for (const ManifestId id : ids) text += (text.empty() ? "" : " ") + to_string(symbol_of(registry[id]));
  return text;
}

const std::string chain =
    "skill:a -> agent:b\n"
    "agent:b -> command:c\n"
    "agent:d\n"
    "command:c\n"
    "skill:e -> agent:b(mentioned) skill:a(excluded) agent:lost\n";

TEST_CASE("a map has every manifest, its links and the names that match nothing") {
  const Registry registry = registry_of(chain);
  const Map map = map_of(registry, {}, {});
  CHECK(names(registry, map) == "skill:a skill:e agent:b agent:d command:c");
  CHECK(map.links.size() == 4);
  REQUIRE(map.unbound.size() == 1);
  CHECK(map.unbound[0].reference.target.name == "lost");
  CHECK(map.left_out.manifests == 0);
}

TEST_CASE("of too many manifests the most linked ones stay, and the rest is counted") {
  const Registry registry = registry_of(chain);
  const Map map = map_of(registry, {}, {3, 2, 10});
  CHECK(names(registry, map) == "skill:a skill:e agent:b");
  CHECK(map.left_out.manifests == 2);
  CHECK(map.links.size() + map.left_out.links == 4);
  CHECK(map.links.size() == 2);
}

TEST_CASE("around a manifest is what it leads to, and if asked what leads to it") {
  const Registry registry = registry_of(chain);
  const std::vector<ManifestId> b = {*registry.find({cascade::Kind::agent, "b"})};
  constexpr std::uint32_t any = 0xffffffffU;
  CHECK(names(registry, around(registry, b, any, false)) == "agent:b command:c");
  CHECK(names(registry, around(registry, b, any, true)) == "skill:a skill:e agent:b command:c");
  CHECK(names(registry, around(registry, b, 0, true)) == "agent:b");
  const std::vector<ManifestId> e = {*registry.find({cascade::Kind::skill, "e"})};
  CHECK(names(registry, around(registry, e, any, false)) == "skill:e agent:b command:c");  // what is excluded is not
  CHECK(names(registry, around(registry, e, 1, false)) == "skill:e agent:b");
}

TEST_CASE("an orphan is what nothing requires or invokes") {
  const Registry registry = registry_of(chain);
  std::string orphans;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (listing::is_orphan(registry, ManifestId{i})) orphans += to_string(symbol_of(registry[ManifestId{i}])) + " ";
  CHECK(orphans == "agent:d ");
}

TEST_CASE("names of others cannot write anything into a drawing") {
  const Registry registry = registry_of(R"(skill:a"];<script>&\x)");
  const Map map = map_of(registry, {}, {});
  CHECK(map_dot(registry, map).find(R"([label="skill:a'];'script'''x"])") != std::string::npos);
  CHECK(map_mermaid(registry, map).find(R"(n0["skill:a'];'script'''x"])") != std::string::npos);
  const std::string svg = map_svg(registry, map);
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find(R"(a&quot;];&lt;script&gt;&amp;\x)") != std::string::npos);
}

TEST_CASE("a drawing has whole names, and its lines pass other columns between boxes") {
  const std::string longest = "forgotten-helper-of-the-old-warehouse-system-in-the-north";
  const Registry registry = registry_of("skill:a -> command:c agent:" + longest +
                                        "\nskill:b -> command:c\nagent:" + longest + "\nagent:x\nagent:y\ncommand:c\n");
  const std::string svg = map_svg(registry, map_of(registry, {}, {}));
  CHECK(svg.find(">" + longest + "</text>") != std::string::npos);
  std::size_t passed = 0;
  for (std::size_t at = svg.find('L'); at != std::string::npos; at = svg.find('L', at + 1)) {
    const std::size_t blank = svg.find(' ', at);
    const int y = std::stoi(svg.substr(blank + 1));
    CHECK((y - 44 + 22) % 22 >= 18);  // a box has 18 of the 22 pixels of its row
    ++passed;
  }
  CHECK(passed == 2);
}

TEST_CASE("the JSON of a map is a document, and numbers stand for its words") {
  const Registry registry = registry_of(chain);
  const Map map = map_of(registry, {}, {});
  const std::string text = map_json(registry, map);
  syntax::NodeLimits limits;
  const syntax::Parsed parsed = syntax::parse_json(text, limits);
  REQUIRE(parsed.complete);
  CHECK(parsed.root.find("schema")->text == "cascade.graph/2");
  CHECK(parsed.root.find("nodes")->size() == 5);
  for (const syntax::Node& link : parsed.root.find("links")->items) CHECK(link.size() == 6);
  // Enumerators are written as their numbers, so each list of words must have their order.
  CHECK(parsed.root.find("strengths")->items[static_cast<std::size_t>(Strength::excluded)].text == "excluded");
  CHECK(parsed.root.find("vias")->items[static_cast<std::size_t>(Via::heading)].text == "heading");
  CHECK(parsed.root.find("vias")->items[static_cast<std::size_t>(Via::prose)].text == "prose");
  CHECK(parsed.root.find("forms")->items[static_cast<std::size_t>(Form::stub)].text == "stub");
  CHECK(parsed.root.find("forms")->items[static_cast<std::size_t>(Form::beginning)].text == "beginning");
  CHECK(parsed.root.find("reasons")->items[static_cast<std::size_t>(OmittedFor::duplicate)].text == "duplicate");
  CHECK(parsed.root.find("statuses")->items[static_cast<std::size_t>(PackingStatus::unknown)].text == "unknown");
  CHECK(parsed.root.find("proofs")->items[static_cast<std::size_t>(Proof::optimal)].text == "optimal");
}

TEST_CASE("ladders are written in few numbers: a rung like the one before it is its budget, parts are by node") {
  const Registry registry = registry_of("skill:a");
  Map map = map_of(registry, {}, {});
  Ladder ladder;
  ladder.root = 0;
  ladder.parts = {
      {0, 0, Form::card, {5, 20}, 7}, {0, 1, Form::section, {50, 200}, 6}, {no_node, 0, Form::card, {9, 30}, 0}};
  LadderRung small, large;
  small.budget = 20;
  small.out = {{1, {35, 0}, OmittedFor::budget}, {2, {0, 0}, OmittedFor::duplicate}};
  large.budget = 200;
  LadderRung same = large;
  same.budget = 300;
  ladder.rungs = {small, large, same};
  map.ladders = {ladder};
  const std::string text = map_json(registry, map);
  CHECK(text.find(R"(,[1,35,1,-1]],[200,)") != std::string::npos);
  CHECK(text.find(R"(,[]],[300]],"parts":[[0,0,0,5,7,1,2,50,6],[null,0,0,9,0]])") != std::string::npos);
}

TEST_CASE("the JSON of a map says whose text came, who switched one off, and where its file is") {
  const Registry registry = registry_of("skill:a path=skills/a/SKILL.md\nskill:b path=skills/b/SKILL.md\n");
  Map map = map_of(registry, {}, {});
  map.came = {true, true};
  map.loaded = {false, true};
  map.off = {{Off::By::users_file, "skills: a: off in ~/x.yaml:2"}, {}};
  map.folders = {{"", "~/.claude/"}, {"2:", ""}};
  map.every_request = 3'809;
  const std::string text = map_json(registry, map);
  CHECK(text.find(R"("every_request":3809)") != std::string::npos);
  CHECK(text.find(R"("came":true,"off":true,"off_by":"user","off_because":"skills: a: off in ~/x.yaml:2")") !=
        std::string::npos);
  CHECK(text.find(R"("came":true,"loaded":true)") != std::string::npos);
  CHECK(text.find(R"("folders":{"":"~/.claude/","2:":""})") != std::string::npos);
}

TEST_CASE("findings beyond the limit are counted") {
  const Registry registry = registry_of("skill:a");
  Map map = map_of(registry, {}, {});
  Diagnostic finding;
  finding.rule = "FM001";
  add_findings(
      {finding, finding, finding}, {10, 10, 2}, [](const Diagnostic&) { return 0U; }, map);
  CHECK(map.findings.size() == 2);
  CHECK(map.found_in == std::vector<std::uint32_t>{0, 0});
  CHECK(map.left_out.findings == 1);
}

TEST_CASE("a ladder numbers each part once and says which rungs have it") {
  const Registry registry = registry_of("skill:a");
  Bundle large, small;
  large.budget.limit.tokens = 200;
  large.pieces = {{ManifestId{0}, 0, Form::card, 1, 10, "card", {5, 20}},
                  {ManifestId{0}, 0, Form::lead, 2, 10, "lead", {50, 200}}};
  small.budget.limit.tokens = 20;
  small.pieces = {large.pieces[0]};
  small.omissions = {{ManifestId{0}, 0, Form::lead, OmittedFor::budget, 10, {50, 200}, {35, 0}}};
  const Ladder ladder = ladder_of(registry, 0, {large, small}, {0});
  REQUIRE(ladder.rungs.size() == 2);
  CHECK(ladder.rungs[0].budget == 20);
  REQUIRE(ladder.parts.size() == 2);
  CHECK(ladder.parts[0].in == 3);
  CHECK(ladder.parts[1].in == 2);
  REQUIRE(ladder.rungs[0].out.size() == 1);
  CHECK(ladder.rungs[0].out[0].part == 1);
  CHECK(ladder.rungs[0].out[0].shortfall.tokens == 35);
}

}  // namespace
}  // namespace cascade::page
