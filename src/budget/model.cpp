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

class Builder {
 public:
  explicit Builder(const PackingProblem& problem) : in_(problem) {}

  Result<Model> build() {
    if (Result<void> ok = check_indices(); !ok) return ok.error();
    model_.groups = static_cast<std::uint32_t>(in_.groups.size());
    model_.roots = in_.roots;
    sort_unique(model_.roots);
    set_limits();
    if (Result<void> ok = number_contents(); !ok) return ok.error();
    lay_out_costs();
    if (Result<void> ok = check_sums(); !ok) return ok.error();
    relate_contents();
    relate_groups();
    return std::move(model_);
  }

 private:
  Result<void> check_indices() const {
    const std::size_t groups = in_.groups.size();
    if (groups >= none) return malformed("too many groups");
    if (!all_below(in_.roots, groups)) return malformed("a root is not a group");
    for (std::uint32_t g = 0; g < groups; ++g) {
      const PackingGroup& group = in_.groups[g];
      if (group.items.empty()) return malformed_group(g, "has no items");
      bool good =
          all_below(group.refs, groups) && all_below(group.requires_all, groups) && all_below(group.conflicts, groups);
      for (const std::vector<std::uint32_t>& any : group.requires_any) good = good && all_below(any, groups);
      if (!good) return malformed_group(g, "names a group that does not exist");
      for (const PackingItem& item : group.items) {
        if (item.slot != unlimited && item.slot >= in_.slot_chars.size())
          return malformed_group(g, "names a slot that does not exist");
      }
    }
    return {};
  }

  void set_limits() {
    auto left = [](std::uint32_t limit, std::uint32_t reserve) -> std::uint64_t {
      if (limit == unlimited) return no_limit;
      return limit > reserve ? limit - reserve : 0;
    };
    model_.limit = {left(in_.budget.limit.tokens, in_.budget.reserve.tokens),
                    left(in_.budget.limit.chars, in_.budget.reserve.chars)};
    model_.ordered = in_.placement == Placement::ordered;
    std::vector<std::uint64_t>& caps = model_.ordered ? model_.parts : model_.limit;
    for (std::uint32_t chars : in_.slot_chars) caps.push_back(chars == unlimited ? no_limit : chars);
    model_.dims = static_cast<std::uint32_t>(model_.limit.size());
    if (!model_.ordered) return;
    // The total of all parts is a limit too; it is implied, and it is a sum.
    std::uint64_t together = 0;
    for (std::uint64_t chars : model_.parts)
      together = chars == no_limit ? no_limit : std::max(together, together + chars);
    model_.limit[char_dim] = std::min(model_.limit[char_dim], together);
  }

  Result<void> number_contents() {
    std::size_t items = 0;
    for (const PackingGroup& group : in_.groups) items += group.items.size();
    if (items >= none) return malformed("too many items");
    ContentTable table(items);
    first_.reserve(items);
    model_.items.items.reserve(items);
    for (std::uint32_t g = 0; g < in_.groups.size(); ++g) {
      for (const PackingItem& item : in_.groups[g].items) {
        const auto fresh = static_cast<std::uint32_t>(first_.size());
        const std::uint32_t number = item.content == 0 ? fresh : table.find_or_add(item.content, fresh);
        if (number == fresh) first_.push_back(&item);
        const PackingItem& first = *first_[number];
        if (first.value != item.value || first.cost != item.cost || first.slot != item.slot)
          return malformed_group(g, "carries a content that differs from its other carriers'");
        model_.items.items.push_back(number);
      }
      model_.items.end_row();
    }
    model_.contents = static_cast<std::uint32_t>(first_.size());
    return {};
  }

  void lay_out_costs() {
    const std::size_t contents = first_.size();
    model_.value.resize(contents);
    model_.cost.assign(contents * model_.dims, 0);
    for (std::size_t k = 0; k < contents; ++k) {
      const PackingItem& item = *first_[k];
      model_.value[k] = static_cast<std::int64_t>(item.value);
      model_.cost[k] = item.cost.tokens;
      model_.cost[contents + k] = item.cost.chars;
      if (!model_.ordered && item.slot != unlimited)
        model_.cost[contents * (slot_dim + item.slot) + k] = item.cost.chars;
    }
  }

  Result<void> check_sums() const {
    constexpr std::uint64_t most_value = 1ULL << 53, most_cost = 1ULL << 32;
    std::uint64_t value = 0, tokens = 0, chars = 0;
    for (const PackingItem* item : first_) {
      if (item->value >= most_value - value) return malformed("the values sum to 2^53 or more");
      value += item->value;
      tokens += item->cost.tokens;
      chars += item->cost.chars;
    }
    if (tokens >= most_cost || chars >= most_cost) return malformed("the costs sum to 2^32 or more");
    return {};
  }

  void relate_contents() {
    std::vector<std::uint32_t> row;
    Rows distinct;
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      const Span<std::uint32_t> contents = model_.items[g];
      row.assign(contents.begin(), contents.end());
      append_row(distinct, row);
      row.clear();
      for (std::uint32_t i = 0; i < contents.size; ++i) {
        if (i == 0 || in_.groups[g].items[i].pinned) row.push_back(contents[i]);
      }
      append_row(model_.needs, row);
    }
    model_.carriers = invert(distinct, model_.contents);
    relate_alternatives();
  }

  void relate_alternatives() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      const std::vector<PackingItem>& items = in_.groups[g].items;
      for (std::uint32_t i = 0; i < items.size(); ++i) {
        if (items[i].alternatives != 0) pairs.emplace_back(items[i].alternatives, model_.items[g][i]);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    for (std::size_t i = 0; i < pairs.size();) {
      std::size_t end = i;
      while (end < pairs.size() && pairs[end].first == pairs[i].first) ++end;
      if (end - i > 1) {
        for (std::size_t k = i; k < end; ++k) model_.alternatives.items.push_back(pairs[k].second);
        model_.alternatives.end_row();
      }
      i = end;
    }
    model_.sets = invert(model_.alternatives, model_.contents);
  }

  void relate_groups() {
    std::vector<std::uint32_t> row, out;
    Rows named;  // conflicts as given
    for (const PackingGroup& group : in_.groups) {
      out = group.refs;
      out.insert(out.end(), group.requires_all.begin(), group.requires_all.end());
      for (const std::vector<std::uint32_t>& any : group.requires_any) {
        out.insert(out.end(), any.begin(), any.end());
        row = any;
        model_.any_owned.items.push_back(model_.any.size());
        append_row(model_.any, row);
      }
      model_.any_owned.end_row();
      append_row(model_.out, out);
      row = group.requires_all;
      append_row(model_.all, row);
      row = group.conflicts;
      append_row(named, row);
    }
    model_.referrers = invert(model_.out, model_.groups);
    const Rows back = invert(named, model_.groups);
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      row.assign(named[g].begin(), named[g].end());
      row.insert(row.end(), back[g].begin(), back[g].end());
      append_row(model_.conflicts, row);
    }
  }

  const PackingProblem& in_;
  Model model_;
  std::vector<const PackingItem*> first_;  // for each content
};

}  // namespace

Result<Model> build_model(const PackingProblem& problem) { return Builder(problem).build(); }

}  // namespace cascade::budget
