// Answers the clauses of what is in, then takes free nodes by their gain per priced cost, each with its consequences,
// and undoes a node that does not fit. A clause is answered by its member of greatest gain; if that fails, by the one
// that needs least. The gains include the prices, so scarce room goes where the bound says it is worth most.
#include "budget/relaxation.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "budget/kernel.h"

namespace cascade::budget {
namespace {

struct Ranks {
  std::vector<Fixed> key;            // of a position in the relaxation
  std::vector<std::uint32_t> order;  // positions, best first
  std::vector<std::uint32_t> place;  // of a node: its position; none: not in the relaxation
};

// A node's key is its gain per priced cost of all it would bring, and never above its parent's.
Ranks rank(const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices) {
  Ranks ranks;
  const std::uint32_t n = relaxation.size();
  std::vector<Fixed> weight(n + 1U, 0);
  for (std::uint32_t d = 0; d < kernel.dims; ++d) {
    if (prices.dim[d] == 0) continue;
    for (std::uint32_t i = 0; i < n; ++i) weight[i] += prices.dim[d] * relaxation.cost_[d][i];
  }
  for (std::uint32_t i = n; i-- > 0;)
    if (relaxation.gain_[i] > 0) weight[relaxation.up_[i]] += weight[i];
  std::vector<Fixed>& key = ranks.key;
  key.resize(n + 1U);
  key[n] = relaxation.largest();
  for (std::uint32_t i = 0; i < n; ++i)
    key[i] = std::min(key[relaxation.up_[i]], relaxation.gain_[i] / ((weight[i] >> 16) + 1));
  ranks.order.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) ranks.order[i] = i;
  std::ranges::sort(ranks.order,
                    [&](std::uint32_t a, std::uint32_t b) { return key[a] != key[b] ? key[a] > key[b] : a < b; });
  ranks.place.assign(kernel.nodes, none);
  for (std::uint32_t i = 0; i < n; ++i) ranks.place[relaxation.node_[i]] = i;
  return ranks;
}

// How much a node asks for: the number of clauses it would leave open, then its own cost.
Fixed need(const Kernel& kernel, const State& state, std::uint32_t node) {
  Fixed open = 0;
  for (std::uint32_t clause : kernel.headed[node]) {
    const Span<std::uint32_t> members = kernel.clauses[clause];
    open += std::ranges::none_of(members, [&](std::uint32_t m) { return state[m] == Status::in; }) ? 1 : 0;
  }
  return (open << 32) + (kernel.dims == 0 ? 0 : kernel.cost[node]);
}

// The state of one greedy construction: its decisions can be undone and tried in another way.
struct Rounding {
  const Model& model_;
  const Kernel& kernel_;
  const Relaxation& relaxation_;
  const Ranks ranks_;
  State& state_;
  Effort& effort_;
  bool frugal_ = false;                 // some clause was answered by what needs least
  std::vector<std::uint32_t> reach_{};  // reach_order() of the nodes that are not out; empty for Ways::any
  static constexpr int most_rounds = 4;

  bool run(Ways ways) {
    if (ways == Ways::forward) {
      std::vector<std::uint8_t> possible(kernel_.nodes);
      for (std::uint32_t u = 0; u < kernel_.nodes; ++u) possible[u] = state_[u] != Status::out ? 1 : 0;
      reach_ = reach_order(kernel_, possible);
    }
    const std::size_t begin = state_.mark();
    if (!settle_either(0)) return false;
    take_best();
    for (int round = 0; frugal_ && round < most_rounds && !effort_.is_over(); ++round)
      if (!refill(begin)) break;
    return true;
  }

  void take_best() {
    for (std::uint32_t i : ranks_.order) {
      const std::uint32_t node = relaxation_.node_[i];
      if (state_[node] != Status::free) continue;
      if (ranks_.key[i] < 0 && kernel_.value[node] == 0) continue;
      const std::size_t mark = state_.mark();
      const bool taken = take(node, mark);
      effort_.spend(1 + state_.mark() - mark);
      if (!taken) state_.undo(mark);
    }
  }

  // The most valuable answers may open further clauses; if that does not fit, by the members that bring least.
  bool take(std::uint32_t node, std::size_t mark) {
    for (const Answer by : {Answer::most_gain, Answer::least_need}) {
      if (by == Answer::least_need) state_.undo(mark);
      if (!state_.decide(node, Status::in)) return false;
      if (!settle(mark, by) || !parts_hold(model_, kernel_, state_, Sequence::taken)) continue;
      frugal_ = frugal_ || by == Answer::least_need;
      return true;
    }
    return false;
  }

  bool settle_either(std::size_t mark) {
    const std::size_t begin = state_.mark();
    if (settle(mark, Answer::most_gain)) return true;
    state_.undo(begin);
    frugal_ = true;
    return settle(mark, Answer::least_need);
  }

  // Takes in everything of value anew, then whatever else fits. False: nothing was gained; the state is as before.
  bool refill(std::size_t begin) {
    std::vector<std::uint32_t> in, kept;
    for (std::size_t at = begin; at < state_.trail().size(); ++at) {
      const std::uint32_t node = state_.trail()[at];
      if (state_[node] != Status::in) continue;
      in.push_back(node);
      if (kernel_.value[node] > 0) kept.push_back(node);
    }
    state_.undo(begin);
    if (decide_all(kept) && settle(0, Answer::least_need) && parts_hold(model_, kernel_, state_, Sequence::taken)) {
      take_best();
      std::size_t valued = 0;
      for (std::size_t at = begin; at < state_.trail().size(); ++at) {
        const std::uint32_t node = state_.trail()[at];
        valued += state_[node] == Status::in && kernel_.value[node] > 0 ? 1 : 0;
      }
      return valued > kept.size();
    }
    state_.undo(begin);
    decide_all(in);
    return false;
  }

  bool decide_all(const std::vector<std::uint32_t>& nodes) {
    return std::ranges::all_of(nodes, [&](std::uint32_t node) {
      return state_[node] == Status::in || (state_[node] == Status::free && state_.decide(node, Status::in));
    });
  }

  enum class Answer : std::uint8_t { most_gain, least_need };
  bool settle(std::size_t mark, Answer by) {
    for (std::size_t at = mark; at < state_.trail().size(); ++at) {
      const std::uint32_t node = state_.trail()[at];
      if (state_[node] != Status::in) continue;
      for (std::uint32_t clause : kernel_.headed[node])
        if (is_open(clause) && !answer(clause, by)) return false;
    }
    return true;
  }

  // Ways::forward: a way in counts only if it can be reached before its head.
  bool comes_before(std::uint32_t member, std::uint32_t clause) const {
    return reach_.empty() || kernel_.kind[clause] != ClauseKind::entry ||
           reach_[member] < reach_[kernel_.clause_head[clause]];
  }

  bool is_open(std::uint32_t clause) const {
    if (state_.pending(clause)) return true;
    if (reach_.empty() || kernel_.kind[clause] != ClauseKind::entry) return false;
    const Span<std::uint32_t> members = kernel_.clauses[clause];
    return std::ranges::none_of(members,
                                [&](std::uint32_t m) { return state_[m] == Status::in && comes_before(m, clause); });
  }

  bool answer(std::uint32_t clause, Answer by) {
    std::vector<std::pair<Fixed, std::uint32_t>> members;
    for (std::uint32_t m : kernel_.clauses[clause])
      if (state_[m] == Status::free && ranks_.place[m] != none && comes_before(m, clause))
        members.emplace_back(by == Answer::most_gain ? -relaxation_.gain_[ranks_.place[m]] : need(kernel_, state_, m),
                             m);
    effort_.spend(kernel_.clauses[clause].size);
    // The first is nearly always possible: sorting all of a long row would be the greater part of the work.
    const auto worse = std::greater<>();
    std::make_heap(members.begin(), members.end(), worse);
    const std::size_t mark = state_.mark();
    for (auto end = members.end(); end != members.begin(); --end) {
      std::pop_heap(members.begin(), end, worse);
      if (state_.decide((end - 1)->second, Status::in)) return true;
      state_.undo(mark);
    }
    return false;
  }
};

}  // namespace

bool round_up(const Model& model, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
              Ways ways, State& state, Effort& effort) {
  return Rounding{model, kernel, relaxation, rank(kernel, relaxation, prices), state, effort}.run(ways);
}

bool parts_hold(const Model& model, const Kernel& kernel, const State& state, Sequence sequence) {
  if (!model.ordered) return true;
  auto has = [&](std::uint32_t node, Status status) { return (node == none ? Status::out : state[node]) == status; };
  // A text is shown, and counted, at the first open group whose head it is, else at its first open carrier.
  std::vector<std::uint8_t> counted(model.contents, 0), headed(model.contents, 0);
  for (std::uint32_t g = 0; g < model.groups; ++g)
    if (has(kernel.node_of_group[g], Status::in)) headed[model.items[g][0]] = 1;
  auto movable = [&](std::uint32_t content) {
    const Span<std::uint32_t> carriers = model.carriers[content];
    return std::ranges::any_of(carriers, [&](std::uint32_t g) { return has(kernel.node_of_group[g], Status::free); });
  };
  std::size_t part = 0;
  std::uint64_t used = 0;
  const auto fits_next = [&](std::uint64_t chars) {  // into this part, or the next that has room
    for (; part < model.parts.size() && used + chars > model.parts[part]; used = 0) ++part;
    used += chars;
    return part < model.parts.size();
  };
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (!has(kernel.node_of_group[g], Status::in)) continue;
    bool head = true;
    for (std::uint32_t content : model.items[g]) {
      const bool shown = head || (headed[content] == 0 && has(kernel.node_of_content[content], Status::in));
      head = false;
      if (!shown || counted[content] != 0) continue;
      counted[content] = 1;
      if (sequence == Sequence::certain && movable(content)) continue;
      if (!fits_next(model.cost_of(char_dim, content))) return false;
    }
  }
  return true;
}

// Rounded first with any way into a node, and where cycles then hold only themselves, with ways from the root alone.
bool all_reached(const Kernel& kernel, const State& state) {
  std::vector<std::uint8_t> in(kernel.nodes);
  for (std::uint32_t u = 0; u < kernel.nodes; ++u) in[u] = state[u] == Status::in ? 1 : 0;
  return find_unreached(kernel, in).empty();
}

void offer_relaxed(const Kernel& kernel, const Relaxation& relaxation, State& state, Incumbent& incumbent) {
  for (std::uint32_t d = 0; d < kernel.dims; ++d)
    if (relaxation.used_[d] > kernel.limit[d]) return;
  auto fails = [](const Relaxation::Row& row) { return row.excess > 0; };
  if (std::ranges::any_of(relaxation.clauses_, fails)) return;
  if (std::ranges::any_of(relaxation.packs_, fails)) return;
  const std::size_t mark = state.mark();
  bool good = true;
  for (std::uint32_t i = 0; i < relaxation.size() && good; ++i)
    if (relaxation.chosen_[i] != 0) good = state.decide(relaxation.node_[i], Status::in);
  if (good) incumbent.offer(kernel, state);
  state.undo(mark);
}

void offer_rounded(const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices, State& state,
                   Incumbent& incumbent) {
  if (!incumbent.effort().may_build()) return;
  incumbent.effort().spend(relaxation.looks());
  const std::size_t mark = state.mark();
  bool good = round_up(incumbent.model(), kernel, relaxation, prices, Ways::any, state, incumbent.effort());
  if (kernel.cyclic && !(good && all_reached(kernel, state))) {
    state.undo(mark);
    good = round_up(incumbent.model(), kernel, relaxation, prices, Ways::forward, state, incumbent.effort());
  }
  if (good) incumbent.offer(kernel, state);
  state.undo(mark);
}

std::vector<std::uint8_t> chosen_nodes(const Relaxation& relaxation, const State& state) {
  std::vector<std::uint8_t> chosen(relaxation.kernel_.nodes, 0);
  for (std::uint32_t u = 0; u < chosen.size(); ++u) chosen[u] = state[u] == Status::in ? 1 : 0;
  for (std::uint32_t i = 0; i < relaxation.size(); ++i)
    if (relaxation.chosen_[i] != 0) chosen[relaxation.node_[i]] = 1;
  return chosen;
}

}  // namespace cascade::budget
