// Turns the problem into arrays, and checks all that the search relies on: ranges, equal contents, sums.
#include "budget/kernel.h"

#include "text/names.h"

#include <string>
#include <unordered_map>

namespace cascade::budget {
namespace {

Error malformed(std::string message) { return {ErrorCode::malformed, std::move(message), {}, {}}; }

Error malformed_group(std::uint32_t group, const char* what) {
  return malformed("group " + std::to_string(group) + ' ' + what);
}

void sort_unique(std::vector<std::uint32_t>& row) {
  if (row.size() < 2) return;
  letters::sort_once(row);
}

void append_row(Rows& rows, std::vector<std::uint32_t>& row) {
  sort_unique(row);
  rows.items.insert(rows.items.end(), row.begin(), row.end());
  rows.end_row();
}

bool all_below(const std::vector<std::uint32_t>& numbers, std::size_t bound) {
  return std::ranges::all_of(numbers, [bound](std::uint32_t n) { return n < bound; });
}

Result<void> check_indices(const PackingProblem& in) {
  const std::size_t groups = in.groups.size();
  if (groups >= none) return malformed("too many groups");
  if (!all_below(in.roots, groups)) return malformed("a root is not a group");
  for (std::uint32_t g = 0; g < groups; ++g) {
    const PackingGroup& group = in.groups[g];
    if (group.items.empty()) return malformed_group(g, "has no items");
    bool good =
        all_below(group.refs, groups) && all_below(group.requires_all, groups) && all_below(group.conflicts, groups);
    for (const std::vector<std::uint32_t>& any : group.requires_any) good = good && all_below(any, groups);
    if (!good) return malformed_group(g, "names a group that does not exist");
    for (const PackingItem& item : group.items)
      if (item.slot != unlimited && item.slot >= in.slot_chars.size())
        return malformed_group(g, "names a slot that does not exist");
  }
  return {};
}

void set_limits(const PackingProblem& in, Model& model) {
  auto left = [](std::uint32_t limit, std::uint32_t reserve) -> std::uint64_t {
    if (limit == unlimited) return no_limit;
    return limit > reserve ? limit - reserve : 0;
  };
  model.limit = {left(in.budget.limit.tokens, in.budget.reserve.tokens),
                 left(in.budget.limit.chars, in.budget.reserve.chars)};
  model.ordered = in.placement == Placement::ordered;
  std::vector<std::uint64_t>& caps = model.ordered ? model.parts : model.limit;
  for (std::uint32_t chars : in.slot_chars) caps.push_back(chars == unlimited ? no_limit : chars);
  model.dims = static_cast<std::uint32_t>(model.limit.size());
  if (!model.ordered) return;
  // The total of all parts is a limit too; it is implied, and it is a sum.
  std::uint64_t together = 0;
  for (std::uint64_t chars : model.parts)
    together = chars == no_limit ? no_limit : std::max(together, together + chars);
  model.limit[char_dim] = std::min(model.limit[char_dim], together);
}

// Numbers the contents and returns the first item of each.
Result<std::vector<const PackingItem*>> number_contents(const PackingProblem& in, Model& model) {
  std::vector<const PackingItem*> firsts;
  std::size_t items = 0;
  for (const PackingGroup& group : in.groups) items += group.items.size();
  if (items >= none) return malformed("too many items");
  std::unordered_map<std::uint64_t, std::uint32_t> known;  // numbers by content; never iterated
  known.reserve(items);
  firsts.reserve(items);
  model.items.items.reserve(items);
  for (std::uint32_t g = 0; g < in.groups.size(); ++g) {
    for (const PackingItem& item : in.groups[g].items) {
      const auto fresh = static_cast<std::uint32_t>(firsts.size());
      const std::uint32_t number = item.content == 0 ? fresh : known.try_emplace(item.content, fresh).first->second;
      if (number == fresh) firsts.push_back(&item);
      const PackingItem& first = *firsts[number];
      if (first.value != item.value || first.cost != item.cost || first.slot != item.slot)
        return malformed_group(g, "carries a content that differs from its other carriers'");
      model.items.items.push_back(number);
    }
    model.items.end_row();
  }
  model.contents = static_cast<std::uint32_t>(firsts.size());
  return firsts;
}

void lay_out_costs(const std::vector<const PackingItem*>& firsts, Model& model) {
  const std::size_t contents = firsts.size();
  model.value.resize(contents);
  model.cost.assign(contents * model.dims, 0);
  for (std::size_t k = 0; k < contents; ++k) {
    const PackingItem& item = *firsts[k];
    model.value[k] = static_cast<std::int64_t>(item.value);
    model.cost[k] = item.cost.tokens;
    model.cost[contents + k] = item.cost.chars;
    if (!model.ordered && item.slot != unlimited) model.cost[contents * (slot_dim + item.slot) + k] = item.cost.chars;
  }
}

// A value below 2^53 is exact as a number in JSON; the search counts with sums of both in 64 bits.
Result<void> check_sums(const std::vector<const PackingItem*>& firsts) {
  constexpr std::uint64_t most_value = 1ULL << 53, most_cost = 1ULL << 32;
  std::uint64_t value = 0, tokens = 0, chars = 0;
  for (const PackingItem* item : firsts) {
    if (item->value >= most_value - value) return malformed("the values sum to 2^53 or more");
    value += item->value;
    tokens += item->cost.tokens;
    chars += item->cost.chars;
  }
  if (tokens >= most_cost || chars >= most_cost) return malformed("the costs sum to 2^32 or more");
  return {};
}

void relate_alternatives(const PackingProblem& in, Model& model) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    const std::vector<PackingItem>& items = in.groups[g].items;
    for (std::uint32_t i = 0; i < items.size(); ++i)
      if (items[i].alternatives != 0) pairs.emplace_back(items[i].alternatives, model.items[g][i]);
  }
  letters::sort_once(pairs);
  for (std::size_t i = 0; i < pairs.size();) {
    std::size_t end = i;
    while (end < pairs.size() && pairs[end].first == pairs[i].first) ++end;
    if (end - i > 1) {
      for (std::size_t k = i; k < end; ++k) model.alternatives.items.push_back(pairs[k].second);
      model.alternatives.end_row();
    }
    i = end;
  }
  model.sets = invert(model.alternatives, model.contents);
}

void relate_contents(const PackingProblem& in, Model& model) {
  std::vector<std::uint32_t> row;
  Rows distinct;
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    const Span<std::uint32_t> contents = model.items[g];
    row.assign(contents.begin(), contents.end());
    append_row(distinct, row);
    row.clear();
    for (std::uint32_t i = 0; i < contents.size; ++i)
      if (i == 0 || in.groups[g].items[i].pinned) row.push_back(contents[i]);
    append_row(model.needs, row);
  }
  model.carriers = invert(distinct, model.contents);
  relate_alternatives(in, model);
}

void relate_groups(const PackingProblem& in, Model& model) {
  std::vector<std::uint32_t> row, out;
  Rows named;  // conflicts as given
  for (const PackingGroup& group : in.groups) {
    out = group.refs;
    out.insert(out.end(), group.requires_all.begin(), group.requires_all.end());
    for (const std::vector<std::uint32_t>& any : group.requires_any) {
      out.insert(out.end(), any.begin(), any.end());
      row = any;
      model.any_owned.items.push_back(model.any.size());
      append_row(model.any, row);
    }
    model.any_owned.end_row();
    append_row(model.out, out);
    row = group.requires_all;
    append_row(model.all, row);
    row = group.conflicts;
    append_row(named, row);
  }
  model.referrers = invert(model.out, model.groups);
  const Rows back = invert(named, model.groups);
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    row.assign(named[g].begin(), named[g].end());
    row.insert(row.end(), back[g].begin(), back[g].end());
    append_row(model.conflicts, row);
  }
}

}  // namespace

Result<Model> build_model(const PackingProblem& problem) {
  if (const Result<void> ok = check_indices(problem); !ok) return ok.error();
  Model model;
  model.groups = static_cast<std::uint32_t>(problem.groups.size());
  model.roots = problem.roots;
  sort_unique(model.roots);
  set_limits(problem, model);
  const auto firsts = number_contents(problem, model);
  if (!firsts) return firsts.error();
  lay_out_costs(*firsts, model);
  if (const Result<void> ok = check_sums(*firsts); !ok) return ok.error();
  relate_contents(problem, model);
  relate_groups(problem, model);
  return model;
}

// The value of a selection, its emitted sequence, and whether it keeps every rule.
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

// The first open group shows a text, unless it is the head of an open group.
std::vector<PackedItem> emit(const Model& model, const Selection& selection) {
  std::vector<PackedItem> sequence;
  std::vector<std::uint8_t> shown(model.contents, 0);
  for (std::uint32_t g = 0; g < model.groups; ++g)
    if (selection.open[g] != 0) shown[model.items[g][0]] = 1;
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

// Fills the parts in order, as the client reads them. What does not fit the last part overfills it.
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
  const auto open = std::ranges::count_if(selection.open, [](std::uint8_t o) { return o != 0; });
  return static_cast<std::size_t>(open) == queue.size();
}

bool satisfied(const Model& model, const Selection& selection, std::uint32_t group) {
  auto is_open = [&](std::uint32_t g) { return selection.open[g] != 0; };
  auto any_open = [&](Span<std::uint32_t> row) { return std::ranges::any_of(row, is_open); };
  const Span<std::uint32_t> all = model.all[group], needs = model.needs[group], any = model.any_owned[group];
  return std::ranges::all_of(all, is_open) && !any_open(model.conflicts[group]) &&
         std::ranges::all_of(needs, [&](std::uint32_t k) { return selection.taken[k] != 0; }) &&
         std::ranges::all_of(any, [&](std::uint32_t row) { return any_open(model.any[row]); });
}

}  // namespace

// By the problem's own rules, without the kernel or any bound, so that a fault of the search cannot hide itself.
bool is_valid(const Model& model, const Selection& selection) {
  for (std::uint32_t g = 0; g < model.groups; ++g)
    if (selection.open[g] != 0 && !satisfied(model, selection, g)) return false;
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (selection.taken[k] == 0) continue;
    const Span<std::uint32_t> carriers = model.carriers[k];
    if (std::ranges::none_of(carriers, [&](std::uint32_t g) { return selection.open[g] != 0; })) return false;
  }
  for (std::uint32_t set = 0; set < model.alternatives.size(); ++set) {
    const Span<std::uint32_t> row = model.alternatives[set];
    if (std::ranges::count_if(row, [&](std::uint32_t k) { return selection.taken[k] != 0; }) > 1) return false;
  }
  return reached(model, selection);
}

bool fits(const Model& model, const Selection& selection) {
  const Totals totals = totals_of(model, selection);
  for (std::uint32_t d = 0; d < model.dims; ++d)
    if (totals.used[d] > model.limit[d]) return false;
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
