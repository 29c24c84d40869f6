// The record: what is reached from random roots of random registries, how, and what is said of the way.
#include <cascade/resolve.h>

#include "unit/record.h"
#include "unit/registry_random.h"

using namespace cascade;
using namespace cascade::test;

namespace {

std::string link_of(const Registry& registry, const Link& link) {
  return name_of(registry, link.from) + ":" + std::to_string(link.line) + "->" + name_of(registry, link.to);
}

std::string resolved(const Registry& registry, const Request& request) {
  const auto resolution = resolve(registry, request);
  if (!resolution) return resolution.error().message + "; " + resolution.error().help;
  std::string out;
  for (const Selected& selected : resolution->selected) {
    out += " " + name_of(registry, selected.id) + (selected.card_only ? "*" : "") + "@" +
           std::to_string(selected.distance);
    if (selected.pulled_in_by) out += "(" + link_of(registry, *selected.pulled_in_by) + ")";
  }
  for (const ToolName& tool : resolution->tools) out += ", tool " + tool.tool;
  for (const Diagnostic& problem : resolution->problems)
    out +=
        "\n    " + problem.rule + " " + problem.at.path + ":" + std::to_string(problem.at.line) + " " + problem.message;
  return out;
}

std::string explained(const Registry& registry, const Request& request, const Symbol& subject) {
  const Explanation explanation = explain(registry, request, subject);
  std::string out = " " + to_string(subject) + " is " + std::string(to_string(explanation.verdict));
  for (const Link& link : explanation.path) out += " " + link_of(registry, link);
  for (const ManifestId other : explanation.others) out += " " + std::string(registry[other].path);
  return out + ";";
}

}  // namespace

TEST_CASE("every build reaches the recorded manifests from the roots of random registries") {
  std::string record;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomRegistry random(seed);
    const Registry registry = Registry::build(random.manifests());
    for (std::uint32_t depth = 0; depth < 4; ++depth) {
      Request request;
      request.roots = {symbol_of(registry[ManifestId{depth % static_cast<std::uint32_t>(registry.size())}])};
      request.depth = depth;
      if (seed % 3 == 0) request.roots.push_back(Symbol{Kind::skill, random.name()});
      if (seed % 4 == 0) request.exclude.push_back(symbol_of(registry[ManifestId{1}]));
      if (seed % 5 == 0) request.follow = Strength::mentioned;
      record += std::to_string(seed) + ", depth " + std::to_string(depth) + ":" + resolved(registry, request) + "\n   ";
      for (const char* name : {"linter", "ship", "review", "nothing"})
        record += explained(registry, request, Symbol{depth % 2 == 0 ? Kind::skill : Kind::agent, name});
      for (std::uint32_t i = depth; i < registry.size(); i += 4)
        record += explained(registry, request, symbol_of(registry[ManifestId{i}]));
      record += "\n";
    }
  }
  check_record("resolve_answers.txt", record);
}
