// Small random packing problems with every feature, and problems as text.
#pragma once

#include <cascade/budget.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "unit/seeded_random.h"

namespace oracle {

using namespace cascade;

using Random = cascade::test::SeededRandom;

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
