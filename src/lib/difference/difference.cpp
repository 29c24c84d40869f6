// Both states of the library are complete registries, and each question is asked of both: the rights of every manifest,
// the answer to every prompt, the tokens of everything that a manifest reaches. What differs is reported. Comparing the
// changed files alone would miss that a change in one agent gives a right to every skill that calls it.
#include "difference/difference.h"

#include <map>
#include <utility>

namespace cascade::difference {
namespace {

std::string owner(const Registry& registry, const Router& router, Query query, const evaluation::Prompt& prompt) {
  query.text = prompt.text;
  query.evidence = false;
  const Routing routing = router.rank(query);
  if (routing.decision == Decision::silence) return {};
  const Match& first = routing.loaded.empty() ? routing.offered.front() : routing.loaded.front();
  return to_string(symbol_of(registry[first.id]));
}

// The cost of each whole manifest: its body, as a bundle counts it. Manifests that lost their name are not served.
void weigh(const Registry& registry, std::map<std::string, Weight>& weights, bool after) {
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    if (registry[id].document || registry.shadowed_in_favour_of(id)) continue;
    std::uint64_t all = 0;
    for (const ManifestId other : reached(registry, id)) all += registry[other].body.tokens;
    Weight& weight = weights[to_string(symbol_of(registry[id]))];
    (after ? weight.own_after : weight.own_before) = registry[id].body.tokens;
    (after ? weight.all_after : weight.all_before) = all;
  }
}

}  // namespace

// A removed denial is one right more, an added one is one right less.
void compare_rights(const LibraryState& before, const LibraryState& after, Difference& difference) {
  const std::vector<Right> then = rights_of(before), now = rights_of(after);
  const auto sort_in = [&](const std::vector<Right>& found, std::vector<Right>& rights, std::vector<Right>& denials) {
    for (const Right& right : found) (right.kind == RightKind::denial ? denials : rights).push_back(right);
  };
  sort_in(beyond(now, then), difference.gained, difference.lost);
  sort_in(beyond(then, now), difference.lost, difference.gained);
}

void compare_weights(const Registry& before, const Registry& after, Difference& difference) {
  std::map<std::string, Weight> weights;
  weigh(before, weights, false);
  weigh(after, weights, true);
  for (auto& [manifest, weight] : weights) {
    if (weight.own_before == weight.own_after && weight.all_before == weight.all_after) continue;
    weight.manifest = manifest;
    difference.weights.push_back(std::move(weight));
  }
}

void compare_routes(const Registry& before, const Router& router_before, const Registry& after,
                    const Router& router_after, const std::vector<evaluation::Prompt>& prompts, const Query& like,
                    Difference& difference) {
  difference.prompts = prompts.size();
  for (const evaluation::Prompt& prompt : prompts) {
    Reroute reroute{prompt.id, prompt.text, prompt.line, owner(before, router_before, like, prompt),
                    owner(after, router_after, like, prompt)};
    if (reroute.before != reroute.after) difference.rerouted.push_back(std::move(reroute));
  }
}

}  // namespace cascade::difference
