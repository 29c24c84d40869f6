// Packs in four stages, each of which may finish the problem: a first valid selection or the reason why there is none;
// the rest as a tree with rows; pricing, which decides most nodes; branch and bound. Sums are integers and work is
// counted in nodes, so a problem has the same answer on every machine.
#include <cascade/budget.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "budget/kernel.h"
#include "budget/node.h"
#include "budget/relaxation.h"
#include "text/names.h"

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

// The certificate states the selection's value without the bonus for held texts.
Packing finish(const Model& model, const Incumbent& incumbent, const SearchResult& result,
               std::uint32_t gap_ppm_wanted) {
  Packing packing;
  const Totals totals = totals_of(model, incumbent.selection());
  packing.selected = emit(model, incumbent.selection());
  packing.cost = cost_of(totals.used);
  Certificate& certificate = packing.certificate;
  certificate.value = static_cast<std::uint64_t>(totals.value);
  certificate.upper_bound = static_cast<std::uint64_t>(result.bound);
  certificate.gap_ppm = gap_ppm(certificate.value, certificate.upper_bound);
  const bool canonical = result.complete && gap_ppm_wanted == 0;
  certificate.proof = canonical && certificate.gap_ppm == 0 ? Proof::optimal : Proof::bounded;
  certificate.nodes = result.nodes;
  return packing;
}

// For finding a first valid selection and the cheapest one, in addition to the caller's limit.
constexpr std::uint64_t closure_nodes = 10'000;

Packing refuse(const PackingProblem& problem, const Model& model, std::uint64_t nodes, bool none_fits) {
  const Mandatory cheapest = find_mandatory(model, Seek::cheapest, closure_nodes + nodes);
  Packing packing;
  packing.status = PackingStatus::unknown;
  if (cheapest.outcome == Mandatory::Outcome::none) {
    packing.status = PackingStatus::conflict;
    packing.clash = cheapest.clash;
  } else if (cheapest.outcome == Mandatory::Outcome::found && none_fits) {
    packing = infeasible(problem, model, cheapest);
  }
  return packing;
}

// Whoever limits looks waits for what is good enough; without that, the gap decides what a search leaves out.
Packing solve(const PackingProblem& problem, const Model& model, const PackingLimits& given) {
  PackingLimits limits = given;
  const bool waits = given.looks != PackingLimits().looks;
  if (waits) limits.gap_ppm = 0;
  Incumbent incumbent(model, Effort(given.looks, waits ? given.gap_ppm : 0));
  const Mandatory start = find_mandatory(model, Seek::fitting, closure_nodes + limits.nodes);
  if (start.outcome == Mandatory::Outcome::found) incumbent.offer(start.selection);
  // Only under ordered placement can something optional make room: it may move a shared text to an earlier part.
  if (start.outcome == Mandatory::Outcome::none && !model.ordered) return refuse(problem, model, limits.nodes, true);
  const Alive alive = find_alive(model);
  if (alive.hopeless) return refuse(problem, model, limits.nodes, true);
  Root root = work_root(build_kernel(model, alive), incumbent, limits.gap_ppm);
  SearchResult result{settled_bound(incumbent, limits.gap_ppm, root.ceiling), 0, true};
  if (!root.closed && incumbent.effort().is_settled())
    result = {std::max(root.bound, incumbent.value()), 0, false};
  else if (!root.closed)
    result = search(std::move(root), incumbent, {limits.nodes, limits.gap_ppm, limits.tie_nodes});
  if (!incumbent.exists()) {
    Packing packing = refuse(problem, model, limits.nodes, result.complete);
    packing.certificate.nodes = result.nodes;
    return packing;
  }
  return finish(model, incumbent, result, limits.gap_ppm);
}

// Prefers held texts: solves with their value raised by a hundredth, and certifies against the plain problem.
Packing solve_holding(const PackingProblem& problem, const Model& model, const PackingLimits& limits) {
  Model raised = model;
  std::vector<std::uint8_t> held(model.contents, 0);
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    for (std::uint32_t i = 0; i < model.items[g].size; ++i) {
      const std::uint32_t content = model.items[g][i];
      if (!problem.groups[g].items[i].held || held[content] != 0) continue;
      held[content] = 1;
      raised.value[content] += model.value[content] / 100;
    }
  }
  const Packing plain = solve(problem, model, limits);
  if (plain.status != PackingStatus::ok) return plain;
  Packing packing = solve(problem, raised, limits);
  Certificate& certificate = packing.certificate;
  certificate.value = 0;
  std::vector<std::uint8_t> counted(model.contents, 0);
  for (const PackedItem& at : packing.selected) {
    const std::uint32_t content = model.items[at.group][at.item];
    if (counted[content] == 0) certificate.value += static_cast<std::uint64_t>(model.value[content]);
    counted[content] = 1;
  }
  certificate.upper_bound = plain.certificate.upper_bound;
  certificate.gap_ppm = gap_ppm(certificate.value, certificate.upper_bound);
  certificate.stability_cost = certificate.upper_bound - certificate.value;
  certificate.nodes += plain.certificate.nodes;
  if (certificate.stability_cost > 0) certificate.proof = Proof::bounded;
  return packing;
}

bool holds_any(const PackingProblem& problem) {
  for (const PackingGroup& group : problem.groups)
    for (const PackingItem& item : group.items)
      if (item.held) return true;
  return false;
}

}  // namespace
}  // namespace budget

Result<Packing> pack(const PackingProblem& problem, const PackingLimits& limits) {
  const Result<budget::Model> model = budget::build_model(problem);
  if (!model) return model.error();
  if (budget::holds_any(problem)) return budget::solve_holding(problem, *model, limits);
  return budget::solve(problem, *model, limits);
}

constexpr letters::Names<PackingStatus::unknown> packing_status_names("ok", "infeasible", "conflict", "unknown");
std::string_view to_string(PackingStatus status) noexcept { return packing_status_names.of(status); }

std::string_view to_string(Proof proof) noexcept { return proof == Proof::optimal ? "optimal" : "bounded"; }

}  // namespace cascade
