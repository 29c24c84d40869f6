// The packing problem: which sections of which manifests to keep under a hard budget, and how sure we are.
// docs/packing.md states the problem; nothing here knows what a manifest is.
#ifndef CASCADE_BUDGET_H
#define CASCADE_BUDGET_H

#include <cascade/result.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

constexpr std::uint32_t unlimited = 0xffffffffU;

// `limit` is hard in both dimensions; `reserve` of it stays free.
struct Budget {
  Cost limit{unlimited, unlimited};
  Cost reserve{0, 0};
};

// One section. `pinned`: chosen whenever its group is open. Items with equal `content` (not 0) are one text: paid and
// valued once, available through any open carrier. Of contents with equal `alternatives` (not 0) at most one is chosen;
// a content is in the sets of all its items. `slot` indexes PackingProblem::slot_chars. `held`: it was in the answer
// before; the choice takes it for worth a hundredth more, so that small gains do not reshuffle an answer. The
// certificate does not.
struct PackingItem {
  std::uint64_t value = 0;
  Cost cost;
  std::uint64_t content = 0;
  std::uint32_t alternatives = 0, slot = unlimited;
  bool pinned = false, held = false;
};

// One manifest: items[0] is its head, chosen whenever the group is open. Indices below are into PackingProblem::groups.
// A group is open only if it is a root or an open group names it in refs, requires_all or requires_any. When it is
// open, so is all of requires_all, one at least of each list of requires_any, and none of its conflicts, whoever names
// them.
struct PackingGroup {
  std::vector<PackingItem> items;
  std::vector<std::uint32_t> requires_all, refs, conflicts;
  std::vector<std::vector<std::uint32_t>> requires_any;
};

// fixed: each item's slot has its own character limit. ordered: the selection, in order, is cut into at most
// slot_chars.size() consecutive parts.
enum class Placement : std::uint8_t { fixed, ordered };

struct PackedItem {
  std::uint32_t group = 0, item = 0;
};
constexpr bool operator==(const PackedItem& a, const PackedItem& b) noexcept {
  return a.group == b.group && a.item == b.item;
}

// Limits count work, never time, so that answers do not depend on the machine: a node bounds up to 256 undecided
// sections once, and what takes more work counts as more nodes. 0: the first answer, without a search. The search stops
// early once the gap is at most gap_ppm. `tie_nodes`: it stops here, too, once nothing is worth more than what was
// found and only an equal answer may come before it.
struct PackingLimits {
  std::uint64_t nodes = 20'000;
  std::uint32_t gap_ppm = 0;
  std::uint64_t tie_nodes = ~std::uint64_t{0};
};

// Groups come in canonical order (the caller's): ties are broken by it.
struct PackingProblem {
  std::vector<PackingGroup> groups;
  std::vector<std::uint32_t> roots;
  Budget budget;
  Placement placement = Placement::fixed;
  std::vector<std::uint32_t> slot_chars;
};

// Answers, not errors. conflict: no selection is valid under any budget. infeasible: none within this one, see
// min_budget. unknown: the node limit ended the search for a valid selection.
enum class PackingStatus : std::uint8_t { ok, infeasible, conflict, unknown };
std::string_view to_string(PackingStatus status) noexcept;  // as the name
// optimal: the answer is the canonical optimum. bounded with gap_ppm 0: no value is greater, but an equal answer may
// cost less or come first (the node limit, or a gap that was allowed, ended the search).
enum class Proof : std::uint8_t { bounded, optimal };
std::string_view to_string(Proof proof) noexcept;  // as the name

// value <= optimum <= upper_bound. gap_ppm = ceil((upper_bound - value) * 10^6 / max(1, upper_bound)). stability_cost
// is upper_bound - value when items were held, else 0. With a greater node limit the value is never less and the bound
// never greater.
struct Certificate {
  std::uint64_t value = 0, upper_bound = 0;
  std::uint32_t gap_ppm = 0;
  Proof proof = Proof::bounded;
  std::uint64_t nodes = 0, stability_cost = 0;
};

// `selected` is in canonical order (group, item). For infeasible: min_budget is the least limit (the reserve included)
// that the mandatory part needs, fewest tokens first, then fewest chars; min_slot_chars what that part takes of each
// slot. clash: for conflict, the two groups that exclude each other, or the one that excludes itself.
struct Packing {
  PackingStatus status = PackingStatus::ok;
  std::vector<PackedItem> selected;
  Cost cost, min_budget;
  Certificate certificate;
  std::vector<std::uint32_t> clash;
  std::vector<std::uint32_t> min_slot_chars;
};

// malformed: an index out of range, a group without items, items of one content that differ in value, cost or slot,
// values that sum to 2^53 or costs that sum to 2^32. Deterministic.
Result<Packing> pack(const PackingProblem& problem, const PackingLimits& limits);

}  // namespace cascade

#endif  // CASCADE_BUDGET_H
