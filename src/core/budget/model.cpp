// Turns the problem into arrays: (1) check that every index is in range, (2) number the contents, equal ids as one, (3)
// lay their costs out by dimension, (4) check that no sum overflows what the search counts with, (5) write each
// relation as rows and, where the search asks the other way round, its inverse. Everything behind this file may rely on
// it and checks nothing again.
#include "budget/model.h"

#include <algorithm>
#include <string>

namespace cascade::budget {
namespace {

Error malformed(std::string message) { return {ErrorCode::malformed, std::move(message), {}, {}}; }

Error malformed_group(std::uint32_t group, const char* what) {
  return malformed("group " + std::to_string(group) + ' ' + what);
}

// Numbers content ids by first occurrence. Open addressing; the table is queried but never iterated.
class ContentTable {
 public:
  explicit ContentTable(std::size_t items) {
    std::size_t size = 16;
    while (size < 2 * items) size *= 2;
    slots_.assign(size, {0, none});
  }
  // Returns the number stored for `content`, or stores `fresh` and returns it. REQUIRES: content != 0.
  std::uint32_t find_or_add(std::uint64_t content, std::uint32_t fresh) {
    // Fibonacci hashing; the middle bits of the product depend on all bits of the id below them.
    std::size_t at = (content * 0x9E3779B97F4A7C15ULL >> 20) & (slots_.size() - 1);
    while (slots_[at].number != none && slots_[at].content != content) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].number == none) slots_[at] = {content, fresh};
    return slots_[at].number;
  }

 private:
  struct Slot {
    std::uint64_t content;
    std::uint32_t number;
  };
  std::vector<Slot> slots_;
};

void sort_unique(std::vector<std::uint32_t>& row) {
  if (row.size() < 2) return;
  std::sort(row.begin(), row.end());
  row.erase(std::unique(row.begin(), row.end()), row.end());
}

void append_row(Rows& rows, std::vector<std::uint32_t>& row) {
  sort_unique(row);
  rows.items.insert(rows.items.end(), row.begin(), row.end());
  rows.end_row();
}

bool all_below(const std::vector<std::uint32_t>& numbers, std::size_t bound) {
  return std::all_of(numbers.begin(), numbers.end(), [bound](std::uint32_t n) { return n < bound; });
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
    for (const PackingItem& item : group.items) {
      if (item.slot != unlimited && item.slot >= in.slot_chars.size())
        return malformed_group(g, "names a slot that does not exist");
    }
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
  ContentTable table(items);
  firsts.reserve(items);
  model.items.items.reserve(items);
  for (std::uint32_t g = 0; g < in.groups.size(); ++g) {
    for (const PackingItem& item : in.groups[g].items) {
      const auto fresh = static_cast<std::uint32_t>(firsts.size());
      const std::uint32_t number = item.content == 0 ? fresh : table.find_or_add(item.content, fresh);
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
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      if (items[i].alternatives != 0) pairs.emplace_back(items[i].alternatives, model.items[g][i]);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
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
    for (std::uint32_t i = 0; i < contents.size; ++i) {
      if (i == 0 || in.groups[g].items[i].pinned) row.push_back(contents[i]);
    }
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

}  // namespace cascade::budget
