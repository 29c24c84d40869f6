// The packing problem: which items of which groups to keep under a hard budget, and how close the choice is to the
// optimum. A group represents a manifest and an item a section, but nothing here depends on that. docs/packing.md
// states the problem.
#ifndef CASCADE_BUDGET_H
#define CASCADE_BUDGET_H

#include <cascade/result.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

constexpr std::uint32_t unlimited = 0xffffffffU;

struct Budget {
  // Never exceeded, in either dimension.
  Cost limit{unlimited, unlimited};
  // The part of `limit` that stays free.
  Cost reserve{0, 0};
};

struct PackingItem {
  // In any unit, as long as all items use the same one.
  std::uint64_t value = 0;
  Cost cost;  // what it adds to the text: the costs of the chosen items add up
  // Items with equal content are one text: it is paid for and valued once, and any open group that contains it may
  // supply it. 0: a text of its own.
  std::uint64_t content = 0;
  // Among the items with an equal number here, at most one content is chosen. A content belongs to the sets of all its
  // items. 0: no such set.
  std::uint32_t alternatives = 0;
  // An index into PackingProblem::slot_chars. `unlimited`: no slot.
  std::uint32_t slot = unlimited;
  // Chosen whenever its group is open.
  bool pinned = false;
  // The item was in the last answer. The search values it a hundredth higher, so that small gains do not reshuffle an
  // answer; the certificate does not.
  bool held = false;
};

// A group is open only if it is a root or an open group names it in `refs`, `requires_all` or `requires_any`. Numbers
// are indices into PackingProblem::groups.
struct PackingGroup {
  // items[0] is the head: chosen whenever the group is open.
  std::vector<PackingItem> items;
  // All of these are open if the group is.
  std::vector<std::uint32_t> requires_all;
  // These may be open if the group is.
  std::vector<std::uint32_t> refs;
  // None of these is open if the group is. Either of the two groups may name the other.
  std::vector<std::uint32_t> conflicts;
  // At least one of each list is open if the group is.
  std::vector<std::vector<std::uint32_t>> requires_any;
};

enum class Placement : std::uint8_t {
  fixed,   // each slot has its own character limit
  ordered  // the selection, in order, is cut into at most slot_chars.size() consecutive parts
};

struct PackedItem {
  std::uint32_t group = 0, item = 0;
};
constexpr bool operator==(const PackedItem& a, const PackedItem& b) noexcept {
  return a.group == b.group && a.item == b.item;
}

// Limits count work, never time, so that answers do not depend on the machine.
struct PackingLimits {
  // A node bounds up to 256 undecided items once; a step that takes more work counts as several nodes. 0: the first
  // answer, without a search. While more than a hundredth may be lost, a search runs to 2,000 nodes regardless of a
  // lower limit.
  std::uint64_t nodes = 20'000;
  // The search stops once the gap is at most this many millionths.
  std::uint32_t gap_ppm = 0;
  // The search stops after this many nodes if no selection is worth more than the one found, and only an equal answer
  // could come before it.
  std::uint64_t tie_nodes = ~std::uint64_t{0};
  // All work ends soon after this many looks at items and at members of their relations, whatever may be lost; some
  // hundred instructions each. For callers that somebody waits for. The first answer is always completed.
  std::uint64_t looks = ~std::uint64_t{0};
};

struct PackingProblem {
  // In the caller's canonical order, which breaks ties.
  std::vector<PackingGroup> groups;
  // Indices of the groups that must be open.
  std::vector<std::uint32_t> roots;
  Budget budget;
  Placement placement = Placement::fixed;
  // The limit of each slot, in UTF-16 units.
  std::vector<std::uint32_t> slot_chars;
};

// Every status is an answer, not an error.
enum class PackingStatus : std::uint8_t {
  ok,
  infeasible,  // no selection fits this budget; Packing::min_budget tells which budget would do
  conflict,    // no selection is valid under any budget
  unknown      // the node limit ended the search for a valid selection
};
std::string_view to_string(PackingStatus status) noexcept;  // same as the enumerator's name

enum class Proof : std::uint8_t {
  bounded,  // with gap_ppm 0: no value is greater, but an equal answer may cost less or come first
  optimal   // the answer is the canonical optimum
};
std::string_view to_string(Proof proof) noexcept;  // same as the enumerator's name

// How close an answer is to the optimum. A greater node limit never gives a smaller value or a greater bound.
struct Certificate {
  // value <= optimum <= upper_bound.
  std::uint64_t value = 0, upper_bound = 0;
  // ceil((upper_bound - value) * 10^6 / max(1, upper_bound)).
  std::uint32_t gap_ppm = 0;
  Proof proof = Proof::bounded;
  // The number of nodes that the search used.
  std::uint64_t nodes = 0;
  // upper_bound - value if items were held, else 0.
  std::uint64_t stability_cost = 0;
};

struct Packing {
  PackingStatus status = PackingStatus::ok;
  // In canonical order: by group, then item.
  std::vector<PackedItem> selected;
  // The sum over `selected`; each content counts once.
  Cost cost;
  // For status infeasible: the smallest limit, reserve included, that the mandatory part needs. Fewest tokens first,
  // then fewest characters.
  Cost min_budget;
  Certificate certificate;
  // For status conflict: the two groups that exclude each other, or the one that excludes itself.
  std::vector<std::uint32_t> clash;
  // For status infeasible: the characters that the mandatory part needs in each slot.
  std::vector<std::uint32_t> min_slot_chars;
};

// Chooses items. Deterministic. Error: malformed for an index out of range, a group without items, items of one content
// that differ in value, cost or slot, values whose sum reaches 2^53, or costs whose sum reaches 2^32.
Result<Packing> pack(const PackingProblem& problem, const PackingLimits& limits);

}  // namespace cascade

#endif  // CASCADE_BUDGET_H
