// The decisions so far, and their consequences.
#pragma once

#include "budget/kernel.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// Every decision is carried to its consequences at once; undo() reverts everything since a mark. Invariant after a
// successful decide(): the set of nodes in is closed upwards in the tree, that of nodes out downwards; no clause or
// pack has a pending consequence, and no limit is exceeded.
class State {
 public:
  explicit State(const Kernel& kernel);

  Status operator[](std::uint32_t node) const noexcept { return status_[node]; }
  const std::vector<Status>& all() const noexcept { return status_; }
  // The cost and value of the nodes that are in.
  std::int64_t used(std::uint32_t dim) const noexcept { return used_[dim]; }
  std::int64_t value() const noexcept { return value_; }

  // False: a contradiction follows; the state is then good only for undo(). Deciding the same way again is allowed.
  bool decide(std::uint32_t node, Status status);
  // Call once at first: applies excluded nodes, the consequences of node 0, and removes what does not fit next to them.
  bool start();

  // Adopts the clauses that were appended to the kernel, with their consequences.
  bool learn_clauses();

  std::size_t mark() const noexcept { return trail_.size(); }
  const std::vector<std::uint32_t>& trail() const noexcept { return trail_; }
  void undo(std::size_t mark);

  // Whether a clause still needs a member: its head is in and none of its members is.
  bool pending(std::uint32_t clause) const noexcept {
    return in_members_[clause] == 0 && status_[kernel_.clause_head[clause]] == Status::in;
  }
  bool satisfied(std::uint32_t clause) const noexcept { return in_members_[clause] != 0; }

 private:
  bool push(std::uint32_t node, Status status);
  bool carry_on();
  bool follow_in(std::uint32_t node);
  bool follow_out(std::uint32_t node);
  bool check_clause(std::uint32_t clause);

  const Kernel& kernel_;
  std::vector<Status> status_;
  std::vector<std::int64_t> used_;
  std::int64_t value_ = 0;
  std::vector<std::uint32_t> in_members_, live_members_;  // of a clause: members in; members not out
  std::vector<std::uint32_t> trail_;  // decided nodes in order; those from next_ on have not been followed yet
  std::size_t next_ = 0;
};

}  // namespace cascade::budget
