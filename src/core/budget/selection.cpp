// The value of a selection, its emitted sequence, and whether it keeps every rule.
#include "budget/model.h"

#include <algorithm>

namespace cascade::budget {

Totals totals_of(const Model& model, const Selection& selection) {
  Totals totals;
  totals.used.assign(model.dims, 0);
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (selection.taken[k] == 0) continue;
    totals.value += model.value[k];
    for (std::uint32_t d = 0; d < model.dims; ++d) totals.used[d] += model.cost_of(d, k);
  }
  return totals;
}

// If several groups carry a text, the first open one shows it, unless it is the head of an open group: heads are marked
// as shown before, so each is in its own group.
std::vector<PackedItem> emit(const Model& model, const Selection& selection) {
  std::vector<PackedItem> sequence;
  std::vector<std::uint8_t> shown(model.contents, 0);
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (selection.open[g] != 0) shown[model.items[g][0]] = 1;
  }
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (selection.open[g] == 0) continue;
    sequence.push_back({g, 0});
    const Span<std::uint32_t> items = model.items[g];
    for (std::uint32_t i = 1; i < items.size; ++i) {
      if (selection.taken[items[i]] == 0 || shown[items[i]] != 0) continue;
      shown[items[i]] = 1;
      sequence.push_back({g, i});
    }
  }
  return sequence;
}

// Fills the parts in order and never goes back, as the client reads them. What does not fit the last part overfills it;
// fits() looks at that one alone.
std::vector<std::uint64_t> cut(const Model& model, const std::vector<PackedItem>& sequence) {
  std::vector<std::uint64_t> parts(model.parts.size(), 0);
  if (parts.empty()) return parts;
  std::vector<std::uint8_t> paid(model.contents, 0);
  std::size_t part = 0;
  for (const PackedItem& at : sequence) {
    const std::uint32_t content = model.items[at.group][at.item];
    if (paid[content] != 0) continue;
    paid[content] = 1;
    const std::uint64_t chars = model.cost_of(char_dim, content);
    while (part + 1 < parts.size() && parts[part] + chars > model.parts[part]) ++part;
    parts[part] += chars;
  }
  return parts;
}

namespace {

// Breadth first from the roots, over open groups only: two that merely refer to each other are not reached.
bool reached(const Model& model, const Selection& selection) {
  std::vector<std::uint8_t> seen(model.groups, 0);
  std::vector<std::uint32_t> queue;
  for (std::uint32_t root : model.roots) {
    if (selection.open[root] == 0) return false;
    seen[root] = 1;
    queue.push_back(root);
  }
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (std::uint32_t c : model.out[queue[at]]) {
      if (selection.open[c] == 0 || seen[c] != 0) continue;
      seen[c] = 1;
      queue.push_back(c);
    }
  }
  const auto open = std::count_if(selection.open.begin(), selection.open.end(), [](std::uint8_t o) { return o != 0; });
  return static_cast<std::size_t>(open) == queue.size();
}

bool satisfied(const Model& model, const Selection& selection, std::uint32_t group) {
  auto is_open = [&](std::uint32_t g) { return selection.open[g] != 0; };
  auto any_open = [&](Span<std::uint32_t> row) { return std::any_of(row.begin(), row.end(), is_open); };
  const Span<std::uint32_t> all = model.all[group], needs = model.needs[group], any = model.any_owned[group];
  return std::all_of(all.begin(), all.end(), is_open) && !any_open(model.conflicts[group]) &&
         std::all_of(needs.begin(), needs.end(), [&](std::uint32_t k) { return selection.taken[k] != 0; }) &&
         std::all_of(any.begin(), any.end(), [&](std::uint32_t row) { return any_open(model.any[row]); });
}

}  // namespace

// Checks each rule as the problem states it, without the kernel or any bound, so that a fault of the search
// cannot hide itself here. O(size of the model).
bool is_valid(const Model& model, const Selection& selection) {
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (selection.open[g] != 0 && !satisfied(model, selection, g)) return false;
  }
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (selection.taken[k] == 0) continue;
    const Span<std::uint32_t> carriers = model.carriers[k];
    if (std::none_of(carriers.begin(), carriers.end(), [&](std::uint32_t g) { return selection.open[g] != 0; }))
      return false;
  }
  for (std::uint32_t set = 0; set < model.alternatives.size(); ++set) {
    const Span<std::uint32_t> row = model.alternatives[set];
    if (std::count_if(row.begin(), row.end(), [&](std::uint32_t k) { return selection.taken[k] != 0; }) > 1)
      return false;
  }
  return reached(model, selection);
}

bool fits(const Model& model, const Selection& selection) {
  const Totals totals = totals_of(model, selection);
  for (std::uint32_t d = 0; d < model.dims; ++d) {
    if (totals.used[d] > model.limit[d]) return false;
  }
  if (!model.ordered) return true;
  const std::vector<PackedItem> sequence = emit(model, selection);
  if (model.parts.empty()) return sequence.empty();
  const std::vector<std::uint64_t> parts = cut(model, sequence);
  return parts.back() <= model.parts.back();
}

bool better(const Model& model, const Selection& a, const Selection& b) {
  const Totals of_a = totals_of(model, a), of_b = totals_of(model, b);
  if (of_a.value != of_b.value) return of_a.value > of_b.value;
  if (of_a.used[token_dim] != of_b.used[token_dim]) return of_a.used[token_dim] < of_b.used[token_dim];
  if (of_a.used[char_dim] != of_b.used[char_dim]) return of_a.used[char_dim] < of_b.used[char_dim];
  // At the first difference of two ascending sequences, the one with the earlier section precedes; a longer one wins.
  const std::vector<PackedItem> in_a = emit(model, a), in_b = emit(model, b);
  for (std::size_t i = 0; i < in_a.size() && i < in_b.size(); ++i) {
    if (in_a[i] == in_b[i]) continue;
    return in_a[i].group != in_b[i].group ? in_a[i].group < in_b[i].group : in_a[i].item < in_b[i].item;
  }
  return in_a.size() > in_b.size();
}

}  // namespace cascade::budget
