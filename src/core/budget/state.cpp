// Propagates decisions: a decided node is appended to the trail, and carry_on() draws the consequences of each entry
// in order. In: the parent is in, a clause with one member left takes it, the rest of a pack is out, a budget that
// overflows is a contradiction. Out: the subtree is out, and clauses lose a member. Clauses keep counters of members
// in and left instead of being scanned, so a decision costs the rows it touches. undo() walks the trail back.
#include "budget/kernel.h"

namespace cascade::budget {

State::State(const Kernel& kernel) : kernel_(kernel), status_(kernel.nodes, Status::free), used_(kernel.dims, 0) {
  in_members_.assign(kernel.clauses.size(), 0);
  live_members_.resize(kernel.clauses.size());
  for (std::uint32_t c = 0; c < kernel.clauses.size(); ++c) live_members_[c] = kernel.clauses[c].size;
}

bool State::start() {
  for (std::uint32_t u = 0; u < kernel_.nodes; ++u)
    if (kernel_.excluded[u] != 0 && !decide(u, Status::out)) return false;
  if (!decide(0, Status::in)) return false;
  for (std::uint32_t c = 0; c < kernel_.clauses.size(); ++c)
    if (!check_clause(c) || !carry_on()) return false;
  for (std::uint32_t u = 0; u < kernel_.nodes; ++u) {
    for (std::uint32_t d = 0; d < kernel_.dims && status_[u] == Status::free; ++d) {
      if (used_[d] + kernel_.cost[static_cast<std::size_t>(d) * kernel_.nodes + u] <= kernel_.limit[d]) continue;
      if (!decide(u, Status::out)) return false;
    }
  }
  return true;
}

bool State::learn_clauses() {
  const auto known = static_cast<std::uint32_t>(in_members_.size());
  for (std::uint32_t c = known; c < kernel_.clauses.size(); ++c) {
    in_members_.push_back(0);
    live_members_.push_back(0);
    for (std::uint32_t m : kernel_.clauses[c]) {
      if (status_[m] == Status::in) ++in_members_[c];
      if (status_[m] != Status::out) ++live_members_[c];
    }
  }
  for (std::uint32_t c = known; c < kernel_.clauses.size(); ++c)
    if (!check_clause(c) || !carry_on()) return false;
  return true;
}

bool State::push(std::uint32_t node, Status status) {
  if (status_[node] == status) return true;
  if (status_[node] != Status::free) return false;
  status_[node] = status;
  trail_.push_back(node);
  if (status == Status::out) {
    for (std::uint32_t c : kernel_.joined[node]) --live_members_[c];
    return true;
  }
  for (std::uint32_t c : kernel_.joined[node]) ++in_members_[c];
  value_ += kernel_.value[node];
  bool within = true;
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) {
    used_[d] += kernel_.cost[static_cast<std::size_t>(d) * kernel_.nodes + node];
    within = within && used_[d] <= kernel_.limit[d];
  }
  return within;
}

bool State::check_clause(std::uint32_t clause) {
  if (in_members_[clause] != 0 || live_members_[clause] > 1) return true;
  const std::uint32_t head = kernel_.clause_head[clause];
  if (live_members_[clause] == 0) return push(head, Status::out);
  if (status_[head] != Status::in) return true;
  for (std::uint32_t m : kernel_.clauses[clause])
    if (status_[m] != Status::out) return push(m, Status::in);
  return false;
}

bool State::follow_in(std::uint32_t node) {
  if (!push(kernel_.parent[node], Status::in)) return false;
  for (std::uint32_t c : kernel_.headed[node])
    if (!check_clause(c)) return false;
  for (std::uint32_t p : kernel_.packed[node])
    for (std::uint32_t other : kernel_.packs[p])
      if (other != node && !push(other, Status::out)) return false;
  return true;
}

bool State::follow_out(std::uint32_t node) {
  // If the parent is out, its own turn covers the whole subtree.
  const std::uint32_t parent = kernel_.parent[node];
  const std::uint32_t end = parent != node && status_[parent] == Status::out ? node + 1 : kernel_.end[node];
  for (std::uint32_t u = node + 1; u < end; ++u)
    if (!push(u, Status::out)) return false;
  for (std::uint32_t c : kernel_.joined[node])
    if (!check_clause(c)) return false;
  return true;
}

bool State::decide(std::uint32_t node, Status status) { return push(node, status) && carry_on(); }

bool State::carry_on() {
  while (next_ < trail_.size()) {
    const std::uint32_t at = trail_[next_++];
    if (!(status_[at] == Status::in ? follow_in(at) : follow_out(at))) return false;
  }
  return true;
}

void State::undo(std::size_t mark) {
  while (trail_.size() > mark) {
    const std::uint32_t node = trail_.back();
    trail_.pop_back();
    if (status_[node] == Status::out) {
      for (std::uint32_t c : kernel_.joined[node]) ++live_members_[c];
    } else {
      for (std::uint32_t c : kernel_.joined[node]) --in_members_[c];
      value_ -= kernel_.value[node];
      for (std::uint32_t d = 0; d < kernel_.dims; ++d)
        used_[d] -= kernel_.cost[static_cast<std::size_t>(d) * kernel_.nodes + node];
    }
    status_[node] = Status::free;
  }
  next_ = mark;
}

}  // namespace cascade::budget
