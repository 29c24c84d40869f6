// The packing problem in the solver's form: contents instead of items, every relation as rows of numbers.
#pragma once

#include <cascade/budget.h>

#include "budget/rows.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace cascade::budget {

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
