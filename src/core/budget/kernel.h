// The problem reduced to a tree of yes-or-no nodes and the rows that the tree does not imply.
//
// Groups that imply each other, and the contents they bring, are one node. A node's parent is in every selection that
// holds the node: the tree is the contracted dominator tree. The rest is expressed by clauses (a node needs one of
// several others) and packs (at most one of several).
#pragma once

#include <cstdint>
#include <vector>

#include "budget/mandatory.h"
#include "budget/model.h"

namespace cascade::budget {

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

// False: clauses alone decide reachability, because the ways into all nodes form no cycle. Linear.
bool has_cycles(const Kernel& kernel);

// The selection that a set of nodes represents.
Selection selection_of(const Model& model, const Kernel& kernel, const std::vector<Status>& status);

}  // namespace cascade::budget
