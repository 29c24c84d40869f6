// What is decided so far, and what follows from it.
#pragma once

#include "budget/kernel.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// Every decision is carried to its consequences at once; undo() takes back all since a mark.
// Invariant after a successful decide(): in is closed upwards and out downwards in the tree, no clause or pack has a
// consequence left, no limit is exceeded.
class State {
 public:
  explicit State(const Kernel& kernel);

  Status operator[](std::uint32_t node) const noexcept { return status_[node]; }
  const std::vector<Status>& all() const noexcept { return status_; }
  // What the nodes that are in cost and are worth.
  std::int64_t used(std::uint32_t dim) const noexcept { return used_[dim]; }
  std::int64_t value() const noexcept { return value_; }

  // False when a contradiction follows; the state is then good for undo() only. Deciding again the same way is allowed.
  bool decide(std::uint32_t node, Status status);
  // To be called once at first: what is excluded, the consequences of node 0, and what is too dear beside it.
  bool start();

  // Takes over clauses that were added to the kernel behind those known, with their consequences.
  bool learn_clauses();

  std::size_t mark() const noexcept { return trail_.size(); }
  const std::vector<std::uint32_t>& trail() const noexcept { return trail_; }
  void undo(std::size_t mark);

  // A clause still asks for something: its head is in and none of its members is.
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
  std::vector<std::uint32_t> trail_;  // decided nodes in order; those from next_ on are not followed yet
  std::size_t next_ = 0;
};

}  // namespace cascade::budget
