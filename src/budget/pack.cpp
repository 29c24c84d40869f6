#include <cascade/budget.h>

#include "budget/greedy.h"
#include "budget/mandatory.h"
#include "budget/model.h"

#include <algorithm>

namespace cascade {
namespace budget {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint32_t gap_ppm(std::uint64_t value, std::uint64_t bound) {
  if (bound <= value) return 0;
  return static_cast<std::uint32_t>((Wide{bound - value} * 1'000'000 + bound - 1) / bound);
}

Cost cost_of(const std::vector<std::uint64_t>& used) {
  return {static_cast<TokenCount>(used[token_dim]), static_cast<std::uint32_t>(used[char_dim])};
}

std::uint32_t saturated_sum(std::uint64_t a, std::uint64_t b) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(a + b, unlimited));
}

Packing infeasible(const PackingProblem& problem, const Model& model, const Mandatory& cheapest) {
  Packing packing;
  packing.status = PackingStatus::infeasible;
  packing.min_budget = {saturated_sum(cheapest.used[token_dim], problem.budget.reserve.tokens),
                        saturated_sum(cheapest.used[char_dim], problem.budget.reserve.chars)};
  const std::vector<std::uint64_t> slots =
      model.ordered ? cut(model, emit(model, cheapest.selection))
                    : std::vector<std::uint64_t>(cheapest.used.begin() + slot_dim, cheapest.used.end());
  for (std::uint64_t chars : slots) packing.min_slot_chars.push_back(saturated_sum(chars, 0));
  return packing;
}

// An upper bound that needs no search: everything that a root reaches.
std::uint64_t reachable_value(const Model& model) {
  Selection all{std::vector<std::uint8_t>(model.groups, 0), std::vector<std::uint8_t>(model.contents, 0)};
  std::vector<std::uint32_t> queue(model.roots);
  for (std::uint32_t root : queue) all.open[root] = 1;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (std::uint32_t k : model.items[queue[at]]) all.taken[k] = 1;
    for (std::uint32_t c : model.out[queue[at]]) {
      if (all.open[c] == 0) queue.push_back(c);
      all.open[c] = 1;
    }
  }
  return static_cast<std::uint64_t>(totals_of(model, all).value);
}

Packing finish(const Model& model, const Selection& selection, std::uint64_t bound, std::uint64_t nodes) {
  Packing packing;
  const Totals totals = totals_of(model, selection);
  packing.selected = emit(model, selection);
  packing.cost = cost_of(totals.used);
  Certificate& certificate = packing.certificate;
  certificate.value = static_cast<std::uint64_t>(totals.value);
  certificate.upper_bound = bound;
  certificate.gap_ppm = gap_ppm(certificate.value, bound);
  certificate.proof = bound == certificate.value ? Proof::optimal : Proof::bounded;
  certificate.nodes = nodes;
  return packing;
}

constexpr std::uint64_t closure_nodes =
    10'000;  // for the search of a first valid selection, whatever the caller's limit

Packing solve(const PackingProblem& problem, const Model& model, const PackingLimits& limits) {
  const std::uint64_t allowed = closure_nodes + limits.nodes;
  const Mandatory cheapest = find_mandatory(model, Seek::cheapest, allowed);
  Packing packing;
  packing.certificate.nodes = cheapest.nodes;
  if (cheapest.outcome == Mandatory::Outcome::none) {
    packing.status = PackingStatus::conflict;
    packing.clash = cheapest.clash;
    return packing;
  }
  const bool cheapest_fits = cheapest.outcome == Mandatory::Outcome::found && fits(model, cheapest.selection);
  const Mandatory start = cheapest_fits ? cheapest : find_mandatory(model, Seek::fitting, allowed);
  if (start.outcome == Mandatory::Outcome::none && cheapest.outcome == Mandatory::Outcome::found)
    return infeasible(problem, model, cheapest);
  if (start.outcome != Mandatory::Outcome::found) {
    packing.status = PackingStatus::unknown;
    return packing;
  }
  const Selection selection = extend(model, start.selection, even_prices(model));
  return finish(model, selection, reachable_value(model), cheapest.nodes);
}

}  // namespace
}  // namespace budget

Result<Packing> pack(const PackingProblem& problem, const PackingLimits& limits) {
  const Result<budget::Model> model = budget::build_model(problem);
  if (!model) return model.error();
  return budget::solve(problem, *model, limits);
}

}  // namespace cascade
