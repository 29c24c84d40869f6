#include "rules.h"

#include "bag.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace packing_bench {
namespace {

using cascade::PackedItem;
using cascade::PackingItem;
using cascade::PackingProblem;
using Sections = std::vector<PackedItem>;

const PackingItem& at(const PackingProblem& problem, const PackedItem& place) {
  return problem.groups[place.group].items[place.item];
}

Sections in_order(const PackingProblem& problem) {
  Sections all;
  for (std::uint32_t g = 0; g < problem.groups.size(); ++g) {
    for (std::uint32_t i = 0; i < problem.groups[g].items.size(); ++i) all.push_back({g, i});
  }
  return all;
}

template <typename Key>
Sections greatest_first(const PackingProblem& problem, Key key) {
  std::vector<std::pair<std::uint64_t, PackedItem>> keyed;
  for (const PackedItem& place : in_order(problem)) keyed.emplace_back(key(at(problem, place)), place);
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Sections sorted;
  for (const auto& each : keyed) sorted.push_back(each.second);
  return sorted;
}

Sections by_value(const PackingProblem& problem) {
  return greatest_first(problem, [](const PackingItem& item) { return item.value; });
}

// Value for the largest share of a limit that the section takes.
Sections by_density(const PackingProblem& problem) {
  const cascade::Cost limit = problem.budget.limit;
  return greatest_first(problem, [limit](const PackingItem& item) {
    const std::uint64_t tokens = (std::uint64_t{item.cost.tokens} << 24) / std::max(limit.tokens, 1U);
    const std::uint64_t chars = (std::uint64_t{item.cost.chars} << 24) / std::max(limit.chars, 1U);
    return (item.value << 16) / (std::max(tokens, chars) + 1);
  });
}

// Tokens, or four characters a token where only those are limited.
std::uint64_t room(const PackingProblem& problem) {
  const cascade::Cost limit = problem.budget.limit;
  return limit.tokens == cascade::unlimited ? limit.chars / 4 : limit.tokens;
}

// What the rule chose, cut where it no longer fits together with what it needs. What cannot be had at all is passed by.
RuleAnswer clip(const PackingProblem& problem, const Sections& chosen) {
  Bag bag(problem);
  RuleAnswer answer;
  if (!bag.start()) return answer;
  for (const PackedItem& place : chosen) {
    answer.over = bag.add(place.group, place.item) == Bag::Added::too_much;
    if (answer.over) break;
  }
  answer.value = bag.value();
  return answer;
}

// Manifests from the most relevant on (by their most valuable section), each in its own order.
Sections by_manifest(const PackingProblem& problem) {
  std::vector<std::uint8_t> known(problem.groups.size(), 0);
  Sections sections;
  for (const PackedItem& place : by_value(problem)) {
    if (known[place.group]++ != 0) continue;
    for (std::uint32_t i = 0; i < problem.groups[place.group].items.size(); ++i) sections.push_back({place.group, i});
  }
  return sections;
}

// Manifest after manifest by priority, until a section does not fit.
RuleAnswer priority_cut_off(const PackingProblem& problem) {
  return {clip(problem, by_manifest(problem)).value, false};
}

// Every section in turn, the densest first; what does not fit is passed by.
RuleAnswer greedy(const PackingProblem& problem) {
  Bag bag(problem);
  if (!bag.start()) return {};
  for (const PackedItem& place : by_density(problem)) bag.add(place.group, place.item);
  return {bag.value(), false};
}

// The longest prefix of the sections by value whose own tokens fit, found by halving.
RuleAnswer ranked_prefix(const PackingProblem& problem) {
  Sections sorted = by_value(problem);
  std::vector<std::uint64_t> tokens;
  std::uint64_t sum = 0;
  for (const PackedItem& place : sorted) tokens.push_back(sum += at(problem, place).cost.tokens);
  const auto end = std::upper_bound(tokens.begin(), tokens.end(), room(problem));
  sorted.resize(static_cast<std::size_t>(end - tokens.begin()));
  return clip(problem, sorted);
}

// The five most relevant manifests, of each the first sections up to a fifth of the budget.
RuleAnswer top_five(const PackingProblem& problem) {
  Sections sections;
  std::uint32_t manifests = 0;
  std::uint64_t left = 0;
  for (const PackedItem& place : by_manifest(problem)) {
    if (place.item == 0) {
      if (++manifests > 5) break;
      left = room(problem) / 5;
    }
    const std::uint32_t tokens = at(problem, place).cost.tokens;
    left = tokens > left ? 0 : left - tokens;
    if (left > 0) sections.push_back(place);
  }
  return clip(problem, sections);
}

// All sections that reach a score, as they follow each other in the output.
RuleAnswer above(const PackingProblem& problem, std::uint64_t least) {
  Sections sections = in_order(problem);
  const auto end = std::remove_if(sections.begin(), sections.end(),
                                  [&](const PackedItem& place) { return at(problem, place).value < least; });
  sections.erase(end, sections.end());
  return clip(problem, sections);
}

RuleAnswer upper_quarter(const PackingProblem& problem) {
  const Sections sorted = by_value(problem);
  return above(problem, at(problem, sorted[sorted.size() / 4]).value);
}

RuleAnswer three_tenths(const PackingProblem& problem) {
  return above(problem, at(problem, by_value(problem).front()).value * 3 / 10);
}

}  // namespace

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"priority cut-off", priority_cut_off},    {"greedy by density", greedy},
      {"ranked prefix search", ranked_prefix},   {"first part of the top five", top_five},
      {"upper quarter by score", upper_quarter}, {"score above 0.3 of the best", three_tenths},
  };
  return all;
}

}  // namespace packing_bench
