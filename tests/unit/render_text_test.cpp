// Tables, lists, trees and graphs as they are printed.
#include <catch2/catch.hpp>

#include "render/list.h"
#include "render/parts.h"
#include "render/route.h"
#include "unit/registry_text.h"

namespace cascade::rendering {
namespace {

std::string tree(const std::string& library, const std::string& root, std::uint32_t depth, Format format) {
  const Registry registry = test::registry_of(library);
  Request request;
  request.roots = {*Symbol::parse(root)};
  request.depth = depth;
  return "\n" + *resolution(registry, request, *resolve(registry, request), format, Paint());
}

const char* const review = R"(
    skill:review -> agent:linter(required) agent:planner
    agent:linter -> command:lint
    agent:planner
    command:lint
)";

}  // namespace

TEST_CASE("a table pads its columns by code points and leaves no blanks at line ends") {
  TextTable table;
  table.column("NAME");
  table.column("N", Align::right);
  table.column("TEXT");
  table.row({"\xC3\xA4", "1", "x"});
  table.row({"abcdef", "100", ""});
  CHECK(table.take(Paint()) == "NAME      N  TEXT\n\xC3\xA4         1  x\nabcdef  100\n");
  CHECK(table.take(Paint(), "  ").substr(0, 6) == "  NAME");
}

TEST_CASE("a shortened text is one displayable line") {
  CHECK(shortened(" a\n b\tc ", 80) == "a b c");
  CHECK(shortened("abcdefghij", 8) == "abcde...");
  CHECK(shortened("a\xE2\x80\xAE", 80) == "a<U+202E>");
}

TEST_CASE("a resolution is a tree with the place of each reference") {
  CHECK(tree(review, "skill:review", 1, Format::text) == R"(
skill:review  0 tokens
├─ agent:linter  0 tokens  required at skills/review/SKILL.md:10:1
│  └─ command:lint  card  invoked at agents/linter.md:10:1
└─ agent:planner  0 tokens  invoked at skills/review/SKILL.md:11:1
)");
}

TEST_CASE("what circles is shown once") {
  CHECK(tree("agent:a -> agent:b\nagent:b -> agent:a\n", "agent:a", 3, Format::text).find("agent:b") !=
        std::string::npos);
}

TEST_CASE("a graph marks roots, cards and strengths") {
  CHECK(tree(review, "skill:review", 0, Format::dot) == R"(
digraph cascade {
  rankdir=LR;
  node [shape=box];
  n0 [label="skill:review" penwidth=2];
  n1 [label="agent:linter" style=dashed];
  n2 [label="agent:planner" style=dashed];
  n0 -> n1 [style=bold];
  n0 -> n2;
}
)");
  CHECK(tree(review, "skill:review", 0, Format::mermaid) == R"(
flowchart LR
  n0["skill:review"]
  n1(["agent:linter"])
  n2(["agent:planner"])
  n0 ==> n1
  n0 --> n2
)");
}

TEST_CASE("a list names who shadows whom") {
  const Registry registry = test::registry_of("skill:a scope=user\nskill:a scope=project path=other/a/SKILL.md\n");
  const auto text = list(registry, {ManifestId{0}, ManifestId{1}}, {}, Format::text, Paint());
  REQUIRE(text);
  CHECK(text->find("[shadowed by skills/a/SKILL.md, 1 reading fault]") != std::string::npos);
  CHECK(text->find("\n2 manifests, 0 tokens\n") != std::string::npos);
  CHECK(*list(registry, {}, {}, Format::text, Paint()) == "no manifests\n");
}

TEST_CASE("a format that a result does not have is misuse") {
  const Registry registry = test::registry_of(review);
  CHECK(list(registry, {}, {}, Format::sarif, Paint()).error().code == ErrorCode::misuse);
  CHECK(search(registry, "x", {}, Format::dot, Paint()).error().message == "search has no format 'dot'");
}

TEST_CASE("a manifest's page lists its sections and both directions of its references") {
  const Registry registry = test::registry_of("skill:review -> agent:linter agent:lintr\nagent:linter\n");
  const auto text =
      show(registry, *registry.find(*Symbol::parse("skill:review")), std::nullopt, {}, {}, Format::text, Paint());
  REQUIRE(text);
  CHECK(text->find("skills/review/SKILL.md:10:1  invoked  task  agent:linter\n") != std::string::npos);
  CHECK(text->find("agent:lintr (not defined: agent:linter)\n") != std::string::npos);
  const auto back =
      show(registry, *registry.find(*Symbol::parse("agent:linter")), std::nullopt, {}, {}, Format::text, Paint());
  REQUIRE(back);
  CHECK(back->find("referenced by\n  skills/review/SKILL.md:10:1  invoked  task  from skill:review\n") !=
        std::string::npos);
}

TEST_CASE("names cannot smuggle terminal sequences") {
  std::vector<Manifest> manifests = test::manifests_of("skill:a");
  manifests[0].symbol.name = "a\x1b[2Jb";
  manifests[0].description = "\x1b]0;x\x07";
  const Registry registry = Registry::build(manifests);
  for (const Result<std::string>& text : {list(registry, {ManifestId{0}}, {}, Format::text, Paint()),
                                          show(registry, ManifestId{0}, std::nullopt, {}, {}, Format::text, Paint())}) {
    REQUIRE(text);
    CHECK(text->find('\x1b') == std::string::npos);
    CHECK(text->find("<U+001B>") != std::string::npos);
  }
}

}  // namespace cascade::rendering
