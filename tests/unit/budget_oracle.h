// Packing problems answered by trying everything, and answers checked rule by rule. Shares no code with
// src/core/budget.
#pragma once

#include <cascade/budget.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace oracle {

using namespace cascade;

// One selection's rank; greater is better. `shown` has the bit of the earliest item highest.
struct Rank {
  std::uint64_t value = 0;
  std::int64_t tokens = 0, chars = 0;  // negated
  std::uint64_t shown = 0;
};
inline bool operator<(const Rank& a, const Rank& b) {
  return std::tie(a.value, a.tokens, a.chars, a.shown) < std::tie(b.value, b.tokens, b.chars, b.shown);
}
inline bool operator==(const Rank& a, const Rank& b) { return !(a < b) && !(b < a); }

struct Answer {
  PackingStatus status = PackingStatus::conflict;
  Rank best;
  std::int64_t min_tokens = 0, min_chars = 0;  // over all valid selections
};

// Tries every set of open groups and every set of contents. REQUIRES: at most 64 items and about 16 decisions.
class BruteForce {
 public:
  explicit BruteForce(const PackingProblem& problem) : p_(problem) {
    std::uint32_t at = 0;
    for (std::uint32_t g = 0; g < p_.groups.size(); ++g) {
      first_item_.push_back(at);
      for (const PackingItem& item : p_.groups[g].items) {
        place_.push_back({g, at - first_item_[g]});
        content_.push_back(static_cast<std::uint32_t>(contents_.size()));
        for (std::uint32_t k = 0; k < contents_.size(); ++k) {
          if (item.content != 0 && contents_[k].content == item.content) content_.back() = k;
        }
        if (content_.back() == contents_.size()) contents_.push_back(item);
        ++at;
      }
    }
  }

  Answer run() {
    for (std::uint32_t open = 0; open < (1U << p_.groups.size()); ++open) {
      if (!valid_open(open)) continue;
      std::uint32_t forced = 0, available = 0;
      for (std::size_t i = 0; i < content_.size(); ++i) {
        if ((open >> place_[i].group & 1U) == 0) continue;
        available |= 1U << content_[i];
        if (place_[i].item == 0 || item(i).pinned) forced |= 1U << content_[i];
      }
      const std::uint32_t optional = available & ~forced;
      for (std::uint32_t chosen = optional;; chosen = (chosen - 1) & optional) {
        consider(open, forced | chosen);
        if (chosen == 0) break;
      }
    }
    return answer_;
  }

 private:
  const PackingItem& item(std::size_t i) const { return p_.groups[place_[i].group].items[place_[i].item]; }

  bool valid_open(std::uint32_t open) const {
    auto is_open = [open](std::uint32_t g) { return (open >> g & 1U) != 0; };
    std::uint32_t reached = 0;
    for (std::uint32_t root : p_.roots) {
      if (!is_open(root)) return false;
      reached |= 1U << root;
    }
    for (bool grew = true; grew;) {
      grew = false;
      for (std::uint32_t g = 0; g < p_.groups.size(); ++g) {
        if ((reached >> g & 1U) == 0) continue;
        std::uint32_t next = 0;
        for (std::uint32_t c : p_.groups[g].refs) next |= 1U << c;
        for (std::uint32_t c : p_.groups[g].requires_all) next |= 1U << c;
        for (const auto& any : p_.groups[g].requires_any) {
          for (std::uint32_t c : any) next |= 1U << c;
        }
        next &= open & ~reached;
        grew = grew || next != 0;
        reached |= next;
      }
    }
    if (reached != open) return false;
    for (std::uint32_t g = 0; g < p_.groups.size(); ++g) {
      if (!is_open(g)) continue;
      const PackingGroup& group = p_.groups[g];
      for (std::uint32_t c : group.requires_all) {
        if (!is_open(c)) return false;
      }
      for (std::uint32_t c : group.conflicts) {
        if (is_open(c)) return false;
      }
      for (const auto& any : group.requires_any) {
        if (std::none_of(any.begin(), any.end(), is_open)) return false;
      }
    }
    return true;
  }

  bool alternatives_hold(std::uint32_t taken) const {
    for (std::size_t i = 0; i < content_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (content_[i] == content_[j] || item(i).alternatives == 0 || item(i).alternatives != item(j).alternatives)
          continue;
        if ((taken >> content_[i] & taken >> content_[j] & 1U) != 0) return false;
      }
    }
    return true;
  }

  std::uint64_t shown(std::uint32_t open, std::uint32_t taken) const {
    std::uint32_t done = 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < content_.size(); ++i) {
      if ((open >> place_[i].group & 1U) != 0 && place_[i].item == 0) {
        done |= 1U << content_[i];
        bits |= 1ULL << (63 - i);
      }
    }
    for (std::size_t i = 0; i < content_.size(); ++i) {
      if ((open >> place_[i].group & 1U) == 0 || (taken & ~done & 1U << content_[i]) == 0) continue;
      done |= 1U << content_[i];
      bits |= 1ULL << (63 - i);
    }
    return bits;
  }

  bool fits(const Rank& rank, std::uint32_t taken) const {
    auto within = [](std::uint64_t used, std::uint32_t limit, std::uint32_t reserve) {
      return limit == unlimited || used + reserve <= limit || (used == 0 && limit < reserve);
    };
    if (!within(static_cast<std::uint64_t>(-rank.tokens), p_.budget.limit.tokens, p_.budget.reserve.tokens))
      return false;
    if (!within(static_cast<std::uint64_t>(-rank.chars), p_.budget.limit.chars, p_.budget.reserve.chars)) return false;
    if (p_.placement == Placement::fixed) {
      std::vector<std::uint64_t> used(p_.slot_chars.size(), 0);
      for (std::size_t k = 0; k < contents_.size(); ++k) {
        if ((taken >> k & 1U) != 0 && contents_[k].slot != unlimited)
          used[contents_[k].slot] += contents_[k].cost.chars;
      }
      for (std::size_t s = 0; s < used.size(); ++s) {
        if (p_.slot_chars[s] != unlimited && used[s] > p_.slot_chars[s]) return false;
      }
      return true;
    }
    std::uint32_t paid = 0;
    std::size_t part = 0;
    std::uint64_t used = 0;
    for (std::size_t i = 0; i < content_.size(); ++i) {
      if ((rank.shown >> (63 - i) & 1U) == 0 || (paid >> content_[i] & 1U) != 0) continue;
      paid |= 1U << content_[i];
      const std::uint64_t chars = contents_[content_[i]].cost.chars;
      while (part < p_.slot_chars.size() && p_.slot_chars[part] != unlimited && used + chars > p_.slot_chars[part]) {
        ++part;
        used = 0;
      }
      if (part == p_.slot_chars.size()) return false;
      used += chars;
    }
    return true;
  }

  void consider(std::uint32_t open, std::uint32_t taken) {
    if (!alternatives_hold(taken)) return;
    Rank rank;
    for (std::size_t k = 0; k < contents_.size(); ++k) {
      if ((taken >> k & 1U) == 0) continue;
      rank.value += contents_[k].value;
      rank.tokens -= contents_[k].cost.tokens;
      rank.chars -= contents_[k].cost.chars;
    }
    if (answer_.status == PackingStatus::conflict) {
      answer_.status = PackingStatus::infeasible;
      answer_.min_tokens = -rank.tokens;
      answer_.min_chars = -rank.chars;
    }
    if (std::tie(rank.tokens, rank.chars) > std::make_tuple(-answer_.min_tokens, -answer_.min_chars)) {
      answer_.min_tokens = -rank.tokens;
      answer_.min_chars = -rank.chars;
    }
    rank.shown = shown(open, taken);
    if (!fits(rank, taken)) return;
    if (answer_.status != PackingStatus::ok || answer_.best < rank) answer_.best = rank;
    answer_.status = PackingStatus::ok;
  }

  const PackingProblem& p_;
  std::vector<std::uint32_t> first_item_, content_;  // content_: of an item, by position in canonical order
  std::vector<PackedItem> place_;
  std::vector<PackingItem> contents_;
  Answer answer_;
};

inline Answer brute_force(const PackingProblem& problem) { return BruteForce(problem).run(); }

// ceil((upper_bound - value) * 10^6 / max(1, upper_bound))
inline std::uint32_t gap_ppm(const Certificate& c) {
  const std::uint64_t bound = std::max<std::uint64_t>(c.upper_bound, 1);
  return static_cast<std::uint32_t>(((c.upper_bound - c.value) * 1'000'000 + bound - 1) / bound);
}

// The rank of an answer, recomputed from the list alone.
inline Rank rank_of(const PackingProblem& problem, const std::vector<PackedItem>& selected) {
  Rank rank;
  std::vector<std::uint64_t> paid;
  for (const PackedItem& at : selected) {
    const PackingItem& item = problem.groups[at.group].items[at.item];
    std::uint32_t position = at.item;
    for (std::uint32_t g = 0; g < at.group; ++g) position += static_cast<std::uint32_t>(problem.groups[g].items.size());
    rank.shown |= 1ULL << (63 - position);
    if (item.content != 0 && std::find(paid.begin(), paid.end(), item.content) != paid.end()) continue;
    paid.push_back(item.content);
    rank.value += item.value;
    rank.tokens -= item.cost.tokens;
    rank.chars -= item.cost.chars;
  }
  return rank;
}

// Every rule checked on the list alone, for problems of any size.
class Checker {
 public:
  Checker(const PackingProblem& problem, const std::vector<PackedItem>& selected) : p_(problem), selected_(selected) {
    open_.assign(p_.groups.size(), false);
    for (const PackedItem& at : selected_) {
      const PackingItem& item = p_.groups[at.group].items[at.item];
      if (at.item == 0) open_[at.group] = true;
      items_.insert({at.group, at.item});
      if (item.content != 0) contents_.insert(item.content);
    }
  }

  bool valid() const { return in_order() && groups_hold() && reached() && alternatives_hold() && fits(); }

 private:
  bool has(std::uint32_t group, std::uint32_t index) const {
    const PackingItem& item = p_.groups[group].items[index];
    return item.content != 0 ? contents_.count(item.content) != 0 : items_.count({group, index}) != 0;
  }

  bool in_order() const {
    for (std::size_t i = 0; i < selected_.size(); ++i) {
      if (!open_[selected_[i].group]) return false;
      if (i == 0) continue;
      const PackedItem &a = selected_[i - 1], &b = selected_[i];
      if (std::tie(a.group, a.item) >= std::tie(b.group, b.item)) return false;
    }
    return true;
  }

  bool groups_hold() const {
    auto is_open = [&](std::uint32_t g) { return open_[g]; };
    for (std::uint32_t root : p_.roots) {
      if (!open_[root]) return false;
    }
    for (std::uint32_t g = 0; g < p_.groups.size(); ++g) {
      if (!open_[g]) continue;
      const PackingGroup& group = p_.groups[g];
      if (!std::all_of(group.requires_all.begin(), group.requires_all.end(), is_open)) return false;
      if (std::any_of(group.conflicts.begin(), group.conflicts.end(), is_open)) return false;
      for (const auto& any : group.requires_any) {
        if (std::none_of(any.begin(), any.end(), is_open)) return false;
      }
      for (std::uint32_t i = 0; i < group.items.size(); ++i) {
        if ((i == 0 || group.items[i].pinned) && !has(g, i)) return false;
      }
    }
    return true;
  }

  bool reached() const {
    std::vector<bool> seen(p_.groups.size(), false);
    std::vector<std::uint32_t> queue(p_.roots);
    for (std::uint32_t root : p_.roots) seen[root] = true;
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const PackingGroup& group = p_.groups[queue[at]];
      auto visit = [&](std::uint32_t c) {
        if (open_[c] && !seen[c]) queue.push_back(c);
        if (open_[c]) seen[c] = true;
      };
      for (std::uint32_t c : group.refs) visit(c);
      for (std::uint32_t c : group.requires_all) visit(c);
      for (const auto& any : group.requires_any) {
        for (std::uint32_t c : any) visit(c);
      }
    }
    return seen == open_;
  }

  bool alternatives_hold() const {
    std::map<std::uint32_t, std::set<std::pair<std::uint64_t, std::uint64_t>>>
        taken;  // of each set: what identifies a text
    for (std::uint32_t g = 0; g < p_.groups.size(); ++g) {
      for (std::uint32_t i = 0; i < p_.groups[g].items.size(); ++i) {
        const PackingItem& item = p_.groups[g].items[i];
        if (item.alternatives == 0 || !has(g, i)) continue;
        const auto text = item.content != 0 ? std::make_pair(std::uint64_t{1} << 40, item.content)
                                            : std::make_pair(std::uint64_t{g}, std::uint64_t{i});
        taken[item.alternatives].insert(text);
      }
    }
    return std::all_of(taken.begin(), taken.end(), [](const auto& set) { return set.second.size() <= 1; });
  }

  bool fits() const {
    std::uint64_t tokens = 0, chars = 0, in_part = 0;
    std::vector<std::uint64_t> slots(p_.slot_chars.size(), 0);
    std::size_t part = 0;
    std::set<std::uint64_t> paid;
    for (const PackedItem& at : selected_) {
      const PackingItem& item = p_.groups[at.group].items[at.item];
      if (item.content != 0 && !paid.insert(item.content).second) continue;
      tokens += item.cost.tokens;
      chars += item.cost.chars;
      if (p_.placement == Placement::fixed && item.slot != unlimited) slots[item.slot] += item.cost.chars;
      if (p_.placement == Placement::fixed) continue;
      for (; part < p_.slot_chars.size() && p_.slot_chars[part] != unlimited &&
             in_part + item.cost.chars > p_.slot_chars[part];
           in_part = 0)
        ++part;
      if (part == p_.slot_chars.size()) return false;
      in_part += item.cost.chars;
    }
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (p_.slot_chars[s] != unlimited && slots[s] > p_.slot_chars[s]) return false;
    }
    auto within = [](std::uint64_t used, std::uint32_t limit, std::uint32_t reserve) {
      return limit == unlimited || used <= (limit > reserve ? limit - reserve : 0);
    };
    return within(tokens, p_.budget.limit.tokens, p_.budget.reserve.tokens) &&
           within(chars, p_.budget.limit.chars, p_.budget.reserve.chars);
  }

  const PackingProblem& p_;
  const std::vector<PackedItem>& selected_;
  std::vector<bool> open_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> items_;
  std::set<std::uint64_t> contents_;
};

inline bool is_valid(const PackingProblem& problem, const std::vector<PackedItem>& selected) {
  return Checker(problem, selected).valid();
}

}  // namespace oracle
