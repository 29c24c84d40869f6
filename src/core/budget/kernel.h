// The problem reduced to a tree of yes-or-no nodes and the rows that the tree does not imply.
//
// Groups that imply each other, and the contents they bring, are one node. A node's parent is in every selection that
// holds the node: the tree is the contracted dominator tree. The rest is expressed by clauses (a node needs one of
// several others) and packs (at most one of several).
#pragma once

#include <cstdint>
#include <vector>

#include "budget/model.h"

namespace cascade::budget {

struct Mandatory {
  enum class Outcome : std::uint8_t { found, none, stopped } outcome = Outcome::none;
  Selection selection;  // found: the best one
  std::vector<std::uint64_t> used;
  std::vector<std::uint32_t> clash;  // none: the groups of the first contradiction met
  std::uint64_t nodes = 0;
};

// cheapest: the valid selection with the fewest tokens, then the fewest chars, regardless of the limits. fitting: the
// first one within all limits (parts included). Exact unless `stopped` by the node limit; then `selection` is empty. A
// node is a second or later choice at one row, so the first way down costs none; from then on every 1,024 groups,
// contents and row members looked at count as another node, so the limit also bounds the time.
enum class Seek : std::uint8_t { cheapest, fitting };
Mandatory find_mandatory(const Model& model, Seek seek, std::uint64_t node_limit);

// Finds the groups and contents that can be in a valid selection, as far as this shows without a search.

// `hopeless`: something that every selection holds is not alive.
struct Alive {
  std::vector<std::uint8_t> group, content;
  bool hopeless = false;
};

// The groups that the roots reach, except those that contradict themselves or what every selection holds, that need a
// dead group, or that bring a text too large for what is left of a budget. Linear.
Alive find_alive(const Model& model);

// plain: from the problem. entry: its members are all nodes that lead directly to its head. learned: implied by the
// others together with reachability (component_tree.h).
enum class ClauseKind : std::uint8_t { plain, entry, learned };

// Invariants:
// (1) Nodes are numbered in preorder: parent[u] < u, and the nodes below u are u + 1 .. end[u] - 1. Node 0 is in every
//     selection; its parent is itself.
// (2) A selection of the model corresponds to one set of nodes that is closed under `parent`, keeps clauses, packs and
//     limits, and is connected from the roots (is_valid() decides; clauses alone let cycles support themselves).
struct Kernel {
  std::uint32_t nodes = 0, dims = 0;  // dims: tokens, chars, then those slots that can overflow
  std::vector<std::int64_t> value;
  std::vector<std::uint32_t> cost;  // cost[dim * nodes + node]
  std::vector<std::uint32_t> parent, end;
  std::vector<std::uint8_t> excluded;  // in no selection
  std::vector<std::int64_t> limit;     // never more than all nodes together cost

  std::vector<std::uint32_t> clause_head;
  Rows clauses;  // head in: one of these is in
  std::vector<ClauseKind> kind;
  bool cyclic = false;          // clauses alone do not decide reachability (component_tree.h)
  Rows packs;                   // at most one of these is in
  Rows headed, joined, packed;  // node -> its clauses as head, as member; its packs

  std::vector<std::uint32_t> node_of_group, node_of_content;  // none: in no selection
  // Alternatives of growing value and cost form a chain of nodes, each worth the difference to the form before it: a
  // content is taken if its node is in and the longer form's, if any, is not.
  std::vector<std::uint32_t> longer_form;
  // After shrink(): the previous number of a node, row or dimension; none: it is new.
  std::vector<std::uint32_t> old_node, old_clause, old_pack, old_dim;
};

// REQUIRES: `alive` belongs to the model and is not hopeless. O(n log n), except for shared contents below deep trees.
Kernel build_kernel(const Model& model, const Alive& alive);

enum class Status : std::uint8_t { free, in, out };

// The most heads and members of clauses that a search learns.
inline std::size_t most_learned(const Kernel& kernel) { return 16'384 + 16 * std::size_t{kernel.nodes}; }

// A learned clause.
struct Cut {
  std::uint32_t head;
  std::vector<std::uint32_t> members;
};

// The same problem without the nodes whose status is decided (see state.h): nodes that are out disappear, nodes that
// are in become part of node 0, except those to which no way is decided yet. `cuts` are added as clauses.
Kernel shrink(const Kernel& kernel, const std::vector<Status>& status, const std::vector<Cut>& cuts);

// Fills `headed`, `joined` and `packed` from the rows.
void index_rows(Kernel& kernel);

// The selection that a set of nodes represents.
Selection selection_of(const Model& model, const Kernel& kernel, const std::vector<Status>& status);

// The decisions so far, and their consequences.

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
