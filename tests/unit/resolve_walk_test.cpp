#include <catch2/catch.hpp>

#include <cascade/resolve.h>

#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

namespace {

const char* const library =
    "skill:fix-bug layer=playbook -> skill:reproduce(required,frontmatter) skill:trace(required,frontmatter)\n"
    "skill:reproduce -> agent:builder(required,frontmatter) command:capture(required,frontmatter)\n"
    "skill:trace -> agent:tracer(required,frontmatter) skill:old(excluded,skill) agent:builder(mentioned,prose)\n"
    "skill:old\n"
    "agent:builder -> command:minimize(invoked,slash)\n"
    "agent:tracer -> command:trace-value(invoked,slash)\n"
    "command:capture\ncommand:minimize\ncommand:trace-value\n";

Request request_for(const std::string& root, std::uint32_t depth = 0) {
  Request request;
  request.roots = {*Symbol::parse(root)};
  request.depth = depth;
  return request;
}

// "skill:reproduce agent:builder*": a star marks a card.
std::string selection(const Registry& registry, const Request& request) {
  auto resolution = resolve(registry, request);
  if (!resolution) return resolution.error().message + "; " + resolution.error().help;
  std::string text;
  for (const Selected& selected : resolution->selected)
    text += (text.empty() ? "" : " ") + name_of(registry, selected.id) + (selected.card_only ? "*" : "");
  return text;
}

std::string way_to(const Registry& registry, const Request& request, const std::string& subject) {
  const Explanation explanation = explain(registry, request, *Symbol::parse(subject));
  std::string text(to_string(explanation.verdict));
  for (const Link& link : explanation.path)
    text += ", " + name_of(registry, link.from) + ":" + std::to_string(link.line) + " -> " + name_of(registry, link.to);
  return text;
}

}  // namespace

TEST_CASE("each layer is lazy: the root in full, what it names as cards") {
  const Registry registry = registry_of(library);
  CHECK(selection(registry, request_for("skill:fix-bug")) == "skill:fix-bug skill:reproduce* skill:trace*");
  CHECK(selection(registry, request_for("skill:reproduce")) == "skill:reproduce agent:builder* command:capture*");
  CHECK(selection(registry, request_for("agent:builder")) == "agent:builder command:minimize*");
}

TEST_CASE("of links of one length the first says how a manifest came in, also where a later one takes it in full") {
  const Registry registry = registry_of("skill:a -> skill:b\nskill:c -> skill:b(required)\nskill:b\n");
  Request request = request_for("skill:a");
  request.roots.push_back(*Symbol::parse("skill:c"));
  const auto resolution = resolve(registry, request);
  REQUIRE(resolution);
  REQUIRE(resolution->selected.size() == 3);
  const Selected& both = resolution->selected[1];
  CHECK(name_of(registry, both.id) == "skill:b");
  CHECK_FALSE(both.card_only);
  REQUIRE(both.pulled_in_by);
  CHECK(name_of(registry, both.pulled_in_by->from) == "skill:a");
}

// The chain over x and y stays on the root's level; the shorter one over z is a level lower, and its last link is
// shown.
TEST_CASE("the distance is that of the shortest way, also where a longer one decides the level") {
  const Registry registry = registry_of(
      "skill:a -> skill:x(required) skill:z\nskill:x -> skill:y(required)\nskill:y -> skill:goal(required)\n"
      "skill:z -> skill:goal\nskill:goal -> agent:end\nagent:end\n");
  const auto resolution = resolve(registry, request_for("skill:a", 1));
  REQUIRE(resolution);
  std::string ways;
  for (const Selected& selected : resolution->selected) {
    ways += name_of(registry, selected.id) + " " + std::to_string(selected.distance);
    if (selected.pulled_in_by) ways += " by " + name_of(registry, selected.pulled_in_by->from);
    ways += selected.card_only ? ", a card\n" : "\n";
  }
  CHECK(ways ==
        "skill:a 0\nskill:goal 2 by skill:z\nskill:x 1 by skill:a\nskill:y 2 by skill:x\nskill:z 1 by skill:a\n"
        "agent:end 3 by skill:goal\n");
}

TEST_CASE("depth widens by one layer a step") {
  const Registry registry = registry_of(library);
  CHECK(selection(registry, request_for("skill:fix-bug", 1)) ==
        "skill:fix-bug skill:reproduce skill:trace agent:builder* agent:tracer* command:capture*");
  CHECK(selection(registry, request_for("skill:reproduce", 1)) ==
        "skill:reproduce agent:builder command:capture command:minimize*");
}

TEST_CASE("mentions and exclusions are not followed, mentions are when asked") {
  const Registry registry = registry_of(library);
  CHECK(selection(registry, request_for("skill:trace")) == "skill:trace agent:tracer*");
  Request request = request_for("skill:trace");
  request.follow = Strength::mentioned;
  CHECK(selection(registry, request) == "skill:trace agent:builder* agent:tracer*");
}

TEST_CASE("a required skill stands beside the one that requires it") {
  const Registry registry = registry_of(
      "skill:a -> skill:b(required,frontmatter) skill:c(invoked,skill)\n"
      "skill:b -> agent:x(required,frontmatter)\nskill:c\nagent:x\n");
  CHECK(selection(registry, request_for("skill:a")) == "skill:a skill:b skill:c* agent:x*");
}

TEST_CASE("tools are exactly those of the agents and commands taken in full") {
  std::vector<Manifest> manifests = manifests_of("skill:s -> agent:a agent:b\nagent:a\nagent:b\n");
  for (Manifest& manifest : manifests) manifest.tools = {{"", manifest.symbol.name == "a" ? "Read" : "Bash", ""}};
  const Registry registry = Registry::build(manifests);
  CHECK(resolve(registry, request_for("skill:s"))->tools.empty());
  CHECK(resolve(registry, request_for("agent:a"))->tools == std::vector<ToolName>{{"", "Read", ""}});
  CHECK(resolve(registry, request_for("skill:s", 1))->tools.size() == 2);
}

TEST_CASE("circles end, are taken once and reported") {
  const Registry registry = registry_of("skill:a -> skill:b\nskill:b -> skill:c\nskill:c -> skill:a\n");
  Request request = request_for("skill:a", 9);
  CHECK(selection(registry, request) == "skill:a skill:b skill:c");
  const auto resolution = resolve(registry, request);
  REQUIRE(resolution->problems.size() == 1);
  CHECK(resolution->problems[0].rule == "RF004");
  CHECK(resolution->problems[0].message == "\"c\" leads back to \"a\"");
}

TEST_CASE("excluded symbols are not entered, an any-group without a member left is a problem") {
  const Registry registry = registry_of("skill:a any=skill:b|skill:c -> agent:x\nskill:b\nskill:c\nagent:x\n");
  Request request = request_for("skill:a");
  request.exclude = {{Kind::agent, "x"}, {Kind::skill, "b"}};
  CHECK(selection(registry, request) == "skill:a skill:c");
  request.exclude.push_back({Kind::skill, "c"});
  CHECK(resolve(registry, request)->problems.size() == 1);
}

TEST_CASE("a root that nothing or more than one thing answers to is an error with the candidates") {
  const Registry registry = registry_of("skill:p:x @p\nskill:q:x @q\nskill:review\n");
  CHECK(selection(registry, request_for("skill:reveiw")) == "there is no skill:reveiw; did you mean skill:review?");
  CHECK(selection(registry, request_for("skill:x")) == "\"skill:x\" is ambiguous; say which: skill:p:x, skill:q:x");
}

TEST_CASE("explain shows the shortest way in with the place of every reference") {
  const Registry registry = registry_of(library);
  const Request request = request_for("skill:fix-bug");
  CHECK(way_to(registry, request, "skill:fix-bug") == "root");
  CHECK(way_to(registry, request, "command:minimize") ==
        "reachable, skill:fix-bug:10 -> skill:reproduce, skill:reproduce:10 -> agent:builder, agent:builder:10 -> "
        "command:minimize");
  CHECK(way_to(registry, request, "skill:old") == "unreferenced");
  CHECK(way_to(registry, request, "skill:nothing") == "unknown");
}

TEST_CASE("explain tells who shadows a manifest") {
  const Registry registry = registry_of("agent:coder path=agents/coder.md\nagent:coder path=agents/x/coder.md\n");
  Request request;
  const Explanation explanation = explain(registry, request, {Kind::agent, "agents/x/coder.md"});
  CHECK(explanation.verdict == Verdict::shadowed);
  REQUIRE(explanation.others.size() == 1);
  CHECK(registry[explanation.others[0]].path == "agents/coder.md");
}
