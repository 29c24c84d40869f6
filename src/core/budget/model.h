// The packing problem in the solver's form: contents instead of items, every relation as rows of numbers.
#pragma once

#include <cascade/budget.h>
#include <cascade/result.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace cascade::budget {

constexpr std::uint32_t none = 0xffffffffU;  // not a number

struct Rows {
  std::vector<std::uint32_t> begin{0}, items;

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(begin.size() - 1); }
  Span<std::uint32_t> operator[](std::uint32_t row) const noexcept {
    return {items.data() + begin[row], begin[row + 1] - begin[row]};
  }
  void end_row() { begin.push_back(static_cast<std::uint32_t>(items.size())); }
};

// The rows of the inverse relation over `targets` numbers; each row ascends. Linear.
inline Rows invert(const Rows& rows, std::uint32_t targets) {
  Rows inverse;
  inverse.begin.assign(targets + 1U, 0);
  for (std::uint32_t item : rows.items) ++inverse.begin[item + 1];
  for (std::uint32_t t = 0; t < targets; ++t) inverse.begin[t + 1] += inverse.begin[t];
  inverse.items.resize(rows.items.size());
  std::vector<std::uint32_t> next = inverse.begin;
  for (std::uint32_t row = 0; row < rows.size(); ++row)
    for (std::uint32_t item : rows[row]) inverse.items[next[item]++] = row;
  return inverse;
}

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

// Dimensions: 0 tokens, 1 chars, then one for each fixed slot.
constexpr std::uint32_t token_dim = 0, char_dim = 1, slot_dim = 2;

// A content is one text, whoever carries it. Groups and contents are numbered in canonical order (a content by its
// first carrier). Invariants, all established by build_model(): (1) rows of groups ascend without duplicates;
// `conflicts` is symmetric. (2) the values of all contents sum to less than 2^53, their costs to less than 2^32 in
// each dimension.
struct Model {
  std::uint32_t groups = 0, contents = 0, dims = 0;
  std::vector<std::uint32_t> roots;

  std::vector<std::int64_t> value;   // of a content
  std::vector<std::uint32_t> cost;   // of a content: cost[dim * contents + content]
  std::vector<std::uint64_t> limit;  // of a dimension, less the reserve; no_limit
  bool ordered = false;              // the emitted sequence is cut into parts of this many chars
  std::vector<std::uint64_t> parts;

  Rows items;     // group -> the content of each of its items; the first is the head
  Rows carriers;  // content -> groups
  Rows needs;     // group -> contents it brings when it opens: head and pinned ones
  Rows out;       // group -> groups reachable through it: refs, all, any
  Rows referrers;
  Rows all, conflicts;      // group -> groups
  Rows any, any_owned;      // any row -> groups; group -> its any rows
  Rows alternatives, sets;  // set -> contents, content -> sets

  bool brings(std::uint32_t group, std::uint32_t content) const noexcept {  // when it opens
    const Span<std::uint32_t> brought = needs[group];
    return std::ranges::find(brought, content) != brought.end();
  }
  std::uint32_t cost_of(std::uint32_t dim, std::uint32_t content) const noexcept {
    return cost[static_cast<std::size_t>(dim) * contents + content];
  }
};

// malformed: see pack(). O(n) in the size of the problem, except for sorting its rows.
Result<Model> build_model(const PackingProblem& problem);

// The open groups and the contents taken.
struct Selection {
  std::vector<std::uint8_t> open, taken;
};

// The value and cost of a selection; each content counts once.
struct Totals {
  std::int64_t value = 0;
  std::vector<std::uint64_t> used;  // per dimension
};
Totals totals_of(const Model& model, const Selection& selection);

// The emitted sequence: the heads of all open groups, and for each other content taken its first item in an open
// group.
std::vector<PackedItem> emit(const Model& model, const Selection& selection);

// Chars of each part when `sequence` is cut by next fit; the last part takes the remainder. Empty unless ordered.
std::vector<std::uint64_t> cut(const Model& model, const std::vector<PackedItem>& sequence);

// Checks every rule of the problem from scratch, independently of any search. Linear.
bool is_valid(const Model& model, const Selection& selection);  // structure only
bool fits(const Model& model, const Selection& selection);      // budgets, slots, parts

// The order of answers: more value, fewer tokens, fewer chars, then the earlier section. True: `a` is better.
bool better(const Model& model, const Selection& a, const Selection& b);

}  // namespace cascade::budget
