// Small random packing problems, and their answers found by trying everything. Shares no code with src/budget.
#pragma once

#include <cascade/budget.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace oracle {

using namespace cascade;

struct Random {
  std::uint64_t state;
  std::uint64_t next() {
    state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
};

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

// What a random problem may contain, in percent.
struct Mix {
  std::uint32_t groups = 6, items = 12, most_value = 9, most_cost = 9;
  std::uint32_t edges = 30, all = 10, any = 12, conflicts = 6, shared = 25, pinned = 12, alternatives = 15, slots = 30,
                ordered = 20, chars_limit = 40, reserve = 10, back_edges = 20, zero = 15;
};

class Generator {
 public:
  Generator(std::uint64_t seed, const Mix& mix) : random_{seed}, mix_(mix) {}

  PackingProblem problem() {
    PackingProblem p;
    const std::uint32_t groups = 1 + random_.below(mix_.groups);
    p.groups.resize(groups);
    add_slots(p);
    std::uint32_t left = std::max(mix_.items, groups);
    for (std::uint32_t g = 0; g < groups; ++g) {
      const std::uint32_t spare = left - (groups - g);
      const std::uint32_t items = 1 + random_.below(1 + std::min(spare, 4U));
      left -= items;
      for (std::uint32_t i = 0; i < items; ++i) p.groups[g].items.push_back(item(p, i));
      relate(p, g);
    }
    p.roots.push_back(0);
    if (random_.chance(15)) p.roots.push_back(random_.below(groups));
    limit(p);
    return p;
  }

  Random& random() { return random_; }

 private:
  void add_slots(PackingProblem& p) {
    if (!random_.chance(mix_.slots)) return;
    const std::uint32_t slots = 1 + random_.below(3);
    for (std::uint32_t s = 0; s < slots; ++s) p.slot_chars.push_back(4 + random_.below(24));
    if (random_.chance(mix_.ordered)) p.placement = Placement::ordered;
  }

  PackingItem item(const PackingProblem& p, std::uint32_t index) {
    if (!known_.empty() && random_.chance(mix_.shared)) {
      PackingItem copy = known_[random_.below(static_cast<std::uint32_t>(known_.size()))];
      copy.pinned = index > 0 && random_.chance(mix_.pinned);
      copy.alternatives = index > 0 && random_.chance(mix_.alternatives) ? 1 + random_.below(3) : 0;
      return copy;
    }
    PackingItem made;
    if (!random_.chance(mix_.zero)) made.value = random_.below(1 + mix_.most_value);
    if (!random_.chance(mix_.zero)) made.cost.tokens = random_.below(1 + mix_.most_cost);
    if (!random_.chance(mix_.zero))
      made.cost.chars = random_.chance(40) ? 2 * made.cost.tokens : random_.below(1 + mix_.most_cost);
    made.pinned = index > 0 && random_.chance(mix_.pinned);
    if (!p.slot_chars.empty() && random_.chance(70))
      made.slot = random_.below(static_cast<std::uint32_t>(p.slot_chars.size()));
    if (random_.chance(mix_.alternatives) && (index > 0 || random_.chance(10)))
      made.alternatives = 1 + random_.below(3);
    if (random_.chance(50)) {
      made.content = 1000 + random_.below(1'000'000);
      if (std::none_of(known_.begin(), known_.end(), [&](const PackingItem& k) { return k.content == made.content; }))
        known_.push_back(made);
      else
        made.content = 0;
    }
    return made;
  }

  void relate(PackingProblem& p, std::uint32_t g) {
    const auto groups = static_cast<std::uint32_t>(p.groups.size());
    if (g > 0) p.groups[random_.below(g)].refs.push_back(g);  // most groups can be reached
    for (std::uint32_t other = 0; other < groups; ++other) {
      const bool forward = other > g;
      if (random_.chance(forward ? mix_.edges : mix_.edges * mix_.back_edges / 100)) p.groups[g].refs.push_back(other);
      if (random_.chance(forward ? mix_.all : mix_.all * mix_.back_edges / 100))
        p.groups[g].requires_all.push_back(other);
      if (other != g && random_.chance(mix_.conflicts)) p.groups[g].conflicts.push_back(other);
    }
    if (!random_.chance(mix_.any)) return;
    p.groups[g].requires_any.emplace_back();
    const std::uint32_t members = 1 + random_.below(3);
    for (std::uint32_t m = 0; m < members; ++m) p.groups[g].requires_any.back().push_back(random_.below(groups));
  }

  void limit(PackingProblem& p) {
    std::uint32_t tokens = 0, chars = 0;
    for (const PackingGroup& group : p.groups) {
      for (const PackingItem& item : group.items) {
        tokens += item.cost.tokens;
        chars += item.cost.chars;
      }
    }
    if (!random_.chance(10)) p.budget.limit.tokens = tokens * (20 + random_.below(80)) / 100;
    if (random_.chance(mix_.chars_limit)) p.budget.limit.chars = chars * (20 + random_.below(80)) / 100;
    if (random_.chance(mix_.reserve)) p.budget.reserve = {random_.below(4), random_.below(4)};
  }

  Random random_;
  Mix mix_;
  std::vector<PackingItem> known_;
};

// A problem as text, to read it in a failing test.
inline std::string describe(const PackingProblem& p) {
  auto list = [](const std::vector<std::uint32_t>& row) {
    std::string out = "[";
    for (std::uint32_t r : row) out += (out.size() > 1 ? " " : "") + std::to_string(r);
    return out + "]";
  };
  auto limit = [](std::uint32_t l) { return l == unlimited ? std::string("-") : std::to_string(l); };
  std::string out = "roots " + list(p.roots) + " tokens " + limit(p.budget.limit.tokens) + " chars " +
                    limit(p.budget.limit.chars) + " reserve " + std::to_string(p.budget.reserve.tokens) + "/" +
                    std::to_string(p.budget.reserve.chars) +
                    (p.placement == Placement::ordered ? " ordered " : " fixed ") + list(p.slot_chars) + "\n";
  for (std::size_t g = 0; g < p.groups.size(); ++g) {
    const PackingGroup& group = p.groups[g];
    out += std::to_string(g) + ": refs " + list(group.refs) + " all " + list(group.requires_all) + " conflicts " +
           list(group.conflicts);
    for (const auto& any : group.requires_any) out += " any " + list(any);
    out += "\n";
    for (const PackingItem& item : group.items) {
      out += "   v" + std::to_string(item.value) + " t" + std::to_string(item.cost.tokens) + " c" +
             std::to_string(item.cost.chars);
      if (item.content != 0) out += " content " + std::to_string(item.content);
      if (item.alternatives != 0) out += " alternatives " + std::to_string(item.alternatives);
      if (item.slot != unlimited) out += " slot " + std::to_string(item.slot);
      out += item.pinned ? " pinned\n" : "\n";
    }
  }
  return out;
}

}  // namespace oracle
