#include "budget/greedy.h"

#include "budget/mandatory.h"

#include <algorithm>
#include <queue>

namespace cascade::budget {
namespace {

__extension__ using Wide = unsigned __int128;

struct Ratio {
  std::uint64_t value = 0, weight = 1;  // weight is never 0
};
bool operator<(const Ratio& a, const Ratio& b) { return Wide{a.value} * b.weight < Wide{b.value} * a.weight; }

constexpr std::uint32_t longest_chain = 16;  // closed groups that a candidate may need on its way to an open one

class Greedy {
 public:
  Greedy(const Model& model, const Selection& start, const Prices& prices)
      : model_(model), prices_(prices), state_(model), chain_via_(model.groups, none) {
    adopt(start);
    by_density_.resize(model.contents);
    for (std::uint32_t k = 0; k < model.contents; ++k) by_density_[k] = k;
    std::sort(by_density_.begin(), by_density_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Ratio of_a = ratio_of(a), of_b = ratio_of(b);
      return of_b < of_a || (!(of_a < of_b) && a < b);
    });
    rank_.resize(model.contents);
    for (std::uint32_t r = 0; r < model.contents; ++r) rank_[by_density_[r]] = r;
  }

  Selection run() {
    offer_neighbours(0);
    while (!queue_.empty()) {
      const Candidate top = queue_.top();
      queue_.pop();
      if (state_.selection().open[top.group] != 0) continue;
      const std::size_t mark = state_.mark();
      const Ratio now = attempt(top.group);
      if (now.value == 0) {
        state_.undo(mark);
        continue;
      }
      if (!queue_.empty() && now < queue_.top().ratio) {
        state_.undo(mark);
        queue_.push({now, top.group});
        continue;
      }
      const std::size_t opened = order_before_;
      if (model_.ordered && !fits(model_, state_.selection())) {
        state_.undo(mark);
        continue;
      }
      offer_neighbours(opened);
    }
    refill();
    return state_.selection();
  }

 private:
  struct Candidate {
    Ratio ratio;
    std::uint32_t group;
    bool operator<(const Candidate& other) const {
      if (ratio < other.ratio) return true;
      return !(other.ratio < ratio) && other.group < group;
    }
  };

  std::uint64_t weight_of(std::uint32_t content) const {
    std::uint64_t weight = 0;
    for (std::uint32_t d = 0; d < model_.dims; ++d) weight += prices_[d] * model_.cost_of(d, content);
    return weight;
  }
  Ratio ratio_of(std::uint32_t content) const {
    return {static_cast<std::uint64_t>(model_.value[content]), weight_of(content) + 1};
  }

  // `start` opened group by group; it is valid, so that the order does not matter.
  void adopt(const Selection& start) {
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (start.open[g] != 0) state_.open(g);
    }
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      if (start.taken[k] != 0 && state_.selection().taken[k] == 0) state_.take_optional(k);
    }
  }

  void offer_neighbours(std::size_t from) {
    for (std::size_t i = from; i < state_.order().size(); ++i) offer_below(state_.order()[i]);
  }

  // Closed groups within reach of `group`, breadth first, each once; the way to it is remembered.
  void offer_below(std::uint32_t group) {
    std::vector<std::uint32_t> level{group}, next;
    for (std::uint32_t depth = 0; depth < longest_chain && !level.empty(); ++depth) {
      next.clear();
      for (std::uint32_t at : level) {
        for (std::uint32_t c : model_.out[at]) {
          if (state_.selection().open[c] != 0 || chain_via_[c] != none) continue;
          chain_via_[c] = at;
          next.push_back(c);
          const std::size_t mark = state_.mark();
          const Ratio ratio = attempt(c);
          state_.undo(mark);
          if (ratio.value != 0) queue_.push({ratio, c});
        }
      }
      std::swap(level, next);
    }
  }

  // Opens `group`, its way from the open ones and what all of them require, and the sections that improve the ratio.
  // Ratio {0, 1} if that is impossible or worth nothing. The caller undoes.
  Ratio attempt(std::uint32_t group) {
    order_before_ = state_.order().size();
    return open_with_way(group) ? fill(order_before_) : Ratio{};
  }

  bool open_with_way(std::uint32_t group) {
    // The whole way, found before anything opens: a group required further on may lie on it and be unreached itself.
    std::vector<std::uint32_t> way;
    for (std::uint32_t at = group; state_.selection().open[at] == 0; at = chain_via_[at]) way.push_back(at);
    for (auto at = way.rbegin(); at != way.rend(); ++at) {
      if (!state_.open(*at)) return false;
    }
    Closure::Cursor cursor;
    cursor.group = static_cast<std::uint32_t>(order_before_);
    while (const std::optional<std::uint32_t> row = state_.unmet(cursor)) {
      if (!answer(*row)) return false;
    }
    return state_.within_limits();
  }

  // Opens the lightest member of an any row that can be opened.
  bool answer(std::uint32_t row) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> members;
    for (std::uint32_t m : model_.any[row]) {
      std::uint64_t weight = 0;
      for (std::uint32_t k : model_.needs[m]) weight += state_.selection().taken[k] != 0 ? 0 : weight_of(k);
      members.emplace_back(weight, m);
    }
    std::sort(members.begin(), members.end());
    const std::size_t mark = state_.mark();
    for (const auto& [weight, member] : members) {
      if (state_.open(member)) return true;
      state_.undo(mark);
    }
    return false;
  }

  Ratio fill(std::size_t from) {
    Ratio ratio{0, 1};
    std::vector<std::uint32_t> optional;
    for (std::size_t i = from; i < state_.order().size(); ++i) {
      const std::uint32_t g = state_.order()[i];
      for (std::uint32_t k : model_.needs[g]) {
        ratio.value += static_cast<std::uint64_t>(model_.value[k]);
        ratio.weight += weight_of(k);
      }
      for (std::uint32_t k : model_.items[g]) {
        if (model_.value[k] > 0 && state_.selection().taken[k] == 0) optional.push_back(rank_[k]);
      }
    }
    std::sort(optional.begin(), optional.end());
    for (std::uint32_t rank : optional) {
      const std::uint32_t k = by_density_[rank];
      if (!(ratio < ratio_of(k))) break;
      if (state_.selection().taken[k] != 0 || !state_.can_take(k)) continue;
      state_.take_optional(k);
      ratio.value += static_cast<std::uint64_t>(model_.value[k]);
      ratio.weight += weight_of(k);
    }
    return ratio;
  }

  void refill() {
    for (std::uint32_t k : by_density_) {
      if (model_.value[k] == 0) break;
      if (state_.selection().taken[k] != 0 || !state_.can_take(k)) continue;
      const Span<std::uint32_t> carriers = model_.carriers[k];
      if (std::none_of(carriers.begin(), carriers.end(),
                       [&](std::uint32_t g) { return state_.selection().open[g] != 0; }))
        continue;
      const std::size_t mark = state_.mark();
      state_.take_optional(k);
      if (model_.ordered && !fits(model_, state_.selection())) state_.undo(mark);
    }
  }

  const Model& model_;
  const Prices& prices_;
  Closure state_;
  std::vector<std::uint32_t> chain_via_;  // the group that leads to a candidate
  std::vector<std::uint32_t> by_density_, rank_;
  std::priority_queue<Candidate> queue_;
  std::size_t order_before_ = 0;
};

}  // namespace

Prices even_prices(const Model& model) {
  Prices prices;
  for (std::uint64_t limit : model.limit) prices.push_back(limit == no_limit ? 0 : (1ULL << 30) / (limit + 1));
  return prices;
}

Selection extend(const Model& model, const Selection& start, const Prices& prices) {
  return Greedy(model, start, prices).run();
}

}  // namespace cascade::budget
