#include "bag.h"

#include <algorithm>
#include <map>

namespace packing_bench {

using cascade::PackingGroup;
using cascade::PackingItem;
using cascade::PackingProblem;
using cascade::unlimited;

namespace {

void add_all(std::vector<std::uint32_t>& out, const std::vector<std::uint32_t>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

// What a group names: the ways on from it.
std::vector<std::uint32_t> named(const PackingGroup& group) {
  std::vector<std::uint32_t> out = group.refs;
  add_all(out, group.requires_all);
  for (const auto& any : group.requires_any) add_all(out, any);
  return out;
}

}  // namespace

Bag::Bag(const PackingProblem& problem)
    : problem_(problem), excluded_(problem.groups.size()), referrers_(problem.groups.size()) {
  std::map<std::uint64_t, std::uint32_t> known;
  std::uint32_t contents = 0, sets = 0;
  for (std::uint32_t g = 0; g < problem.groups.size(); ++g) {
    content_.emplace_back();
    for (const PackingItem& item : problem.groups[g].items) {
      std::uint32_t number = contents;
      if (item.content != 0) number = known.try_emplace(item.content, contents).first->second;
      contents = std::max(contents, number + 1);
      content_[g].push_back(number);
      sets = std::max(sets, item.alternatives + 1);
    }
    for (std::uint32_t other : problem.groups[g].conflicts) {
      excluded_[g].push_back(other);
      excluded_[other].push_back(g);
    }
    for (std::uint32_t other : named(problem.groups[g])) referrers_[other].push_back(g);
  }
  open_.assign(problem.groups.size(), 0);
  in_.assign(contents, 0);
  set_.assign(sets, 0);
  const bool fixed = problem.placement == cascade::Placement::fixed;
  used_.assign(2 + (fixed ? problem.slot_chars.size() : 0), 0);
}

bool Bag::start() {
  for (std::uint32_t root : problem_.roots) {
    if (!open(root)) return false;
  }
  for (std::uint32_t root : problem_.roots) {
    if (!require(root)) return false;
  }
  return fits();
}

Bag::Added Bag::add(std::uint32_t group, std::uint32_t item) {
  const Mark before = mark();
  const bool possible = reach(group) && take(group, item);
  if (possible && fits()) return Added::in;
  undo(before);
  return possible ? Added::too_much : Added::impossible;
}

// Opens the groups on the shortest way from an open one, with what they require.
bool Bag::reach(std::uint32_t group) {
  if (open_[group] != 0) return true;
  std::vector<std::uint32_t> next(problem_.groups.size(), unlimited), queue{group};
  next[group] = group;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::uint32_t here = queue[at];
    if (open_[here] != 0) {
      for (std::uint32_t on = here; on != group;) {
        on = next[on];
        if (!open(on) || !require(on)) return false;
      }
      return true;
    }
    if (is_excluded(here)) continue;
    for (std::uint32_t up : referrers_[here]) {
      if (next[up] != unlimited) continue;
      next[up] = here;
      queue.push_back(up);
    }
  }
  return false;
}

bool Bag::open(std::uint32_t group) {
  if (open_[group] != 0) return true;
  if (is_excluded(group)) return false;
  open_[group] = 1;
  opened_.push_back(group);
  const std::vector<PackingItem>& items = problem_.groups[group].items;
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    if ((i == 0 || items[i].pinned) && !take(group, i)) return false;
  }
  return true;
}

bool Bag::require(std::uint32_t group) {
  std::vector<std::uint32_t> work{group};
  while (!work.empty()) {
    const PackingGroup& here = problem_.groups[work.back()];
    work.pop_back();
    for (std::uint32_t need : here.requires_all) {
      if (open_[need] != 0) continue;
      if (!open(need)) return false;
      work.push_back(need);
    }
    for (const auto& any : here.requires_any) {
      if (std::any_of(any.begin(), any.end(), [this](std::uint32_t m) { return open_[m] != 0; })) continue;
      const auto good = std::find_if(any.begin(), any.end(), [this](std::uint32_t m) { return !is_excluded(m); });
      if (good == any.end() || !open(*good)) return false;
      work.push_back(*good);
    }
  }
  return true;
}

bool Bag::take(std::uint32_t group, std::uint32_t item) {
  const PackingItem& taken = problem_.groups[group].items[item];
  if (in_[content_[group][item]]++ != 0) {
    taken_.emplace_back(group, item);
    return true;
  }
  taken_.emplace_back(group, item);
  value_ += taken.value;
  used_[0] += taken.cost.tokens;
  used_[1] += taken.cost.chars;
  if (used_.size() > 2 && taken.slot != unlimited) used_[2 + taken.slot] += taken.cost.chars;
  return ++set_[taken.alternatives] == 1 || taken.alternatives == 0;
}

void Bag::undo(Mark mark) {
  for (; taken_.size() > mark.second; taken_.pop_back()) {
    const auto [group, item] = taken_.back();
    if (--in_[content_[group][item]] != 0) continue;
    const PackingItem& taken = problem_.groups[group].items[item];
    value_ -= taken.value;
    used_[0] -= taken.cost.tokens;
    used_[1] -= taken.cost.chars;
    if (used_.size() > 2 && taken.slot != unlimited) used_[2 + taken.slot] -= taken.cost.chars;
    --set_[taken.alternatives];
  }
  for (; opened_.size() > mark.first; opened_.pop_back()) open_[opened_.back()] = 0;
}

bool Bag::is_excluded(std::uint32_t group) const {
  const auto& others = excluded_[group];
  return std::any_of(others.begin(), others.end(),
                     [&](std::uint32_t other) { return other == group || open_[other] != 0; });
}

bool Bag::fits() const {
  const cascade::Budget& budget = problem_.budget;
  auto exceeds = [](std::uint64_t used, std::uint32_t limit, std::uint32_t reserve) {
    return limit != unlimited && used + reserve > limit;
  };
  if (exceeds(used_[0], budget.limit.tokens, budget.reserve.tokens)) return false;
  if (exceeds(used_[1], budget.limit.chars, budget.reserve.chars)) return false;
  for (std::size_t slot = 2; slot < used_.size(); ++slot) {
    if (exceeds(used_[slot], problem_.slot_chars[slot - 2], 0)) return false;
  }
  return problem_.placement == cascade::Placement::fixed || problem_.slot_chars.empty() || ordered_fits();
}

// Next fit over the contents in the order in which they first appear.
bool Bag::ordered_fits() const {
  auto sorted = taken_;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint8_t> seen(in_.size(), 0);
  std::size_t part = 0;
  std::uint64_t used = 0;
  for (const auto& [group, item] : sorted) {
    if (seen[content_[group][item]]++ != 0) continue;
    const std::uint64_t chars = problem_.groups[group].items[item].cost.chars;
    while (part < problem_.slot_chars.size() && used + chars > problem_.slot_chars[part]) {
      ++part;
      used = 0;
    }
    if (part == problem_.slot_chars.size()) return false;
    used += chars;
  }
  return true;
}

}  // namespace packing_bench
