// The problem reduced to a tree of yes-or-no nodes and the rows that the tree does not imply.
//
// Groups that imply each other, and the contents they bring, are one node. A node's parent is in every selection that
// holds the node: the tree is the contracted dominator tree. The rest is expressed by clauses (a node needs one of
// several others) and packs (at most one of several).
#pragma once

#include <cascade/budget.h>
#include <cascade/result.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace cascade::budget {

// The packing problem in the solver's form: contents instead of items, every relation as rows of numbers.

constexpr std::uint32_t none = 0xffffffffU;  // not a number

struct Rows {
  std::vector<std::uint32_t> begin{0}, items;

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(begin.size() - 1); }
  Span<std::uint32_t> operator[](std::uint32_t row) const noexcept {
    return {items.data() + begin[row], begin[row + 1] - begin[row]};
  }
  void end_row() { begin.push_back(static_cast<std::uint32_t>(items.size())); }
};

// The rows of the inverse relation over `targets` numbers; each row ascends. Linear.
inline Rows invert(const Rows& rows, std::uint32_t targets) {
  Rows inverse;
  inverse.begin.assign(targets + 1U, 0);
  for (std::uint32_t item : rows.items) ++inverse.begin[item + 1];
  for (std::uint32_t t = 0; t < targets; ++t) inverse.begin[t + 1] += inverse.begin[t];
  inverse.items.resize(rows.items.size());
  std::vector<std::uint32_t> next = inverse.begin;
  for (std::uint32_t row = 0; row < rows.size(); ++row)
    for (std::uint32_t item : rows[row]) inverse.items[next[item]++] = row;
  return inverse;
}

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

// Dimensions: 0 tokens, 1 chars, then one for each fixed slot.
constexpr std::uint32_t token_dim = 0, char_dim = 1, slot_dim = 2;

// A content is one text, whoever carries it. Groups and contents are numbered in canonical order (a content by its
// first carrier). Invariants, all established by build_model(): (1) rows of groups ascend without duplicates;
// `conflicts` is symmetric. (2) the values of all contents sum to less than 2^53, their costs to less than 2^32 in
// each dimension.
struct Model {
  std::uint32_t groups = 0, contents = 0, dims = 0;
  std::vector<std::uint32_t> roots;

  std::vector<std::int64_t> value;   // of a content
  std::vector<std::uint32_t> cost;   // of a content: cost[dim * contents + content]
  std::vector<std::uint64_t> limit;  // of a dimension, less the reserve; no_limit
  bool ordered = false;              // the emitted sequence is cut into parts of this many chars
  std::vector<std::uint64_t> parts;

  Rows items;     // group -> the content of each of its items; the first is the head
  Rows carriers;  // content -> groups
  Rows needs;     // group -> contents it brings when it opens: head and pinned ones
  Rows out;       // group -> groups reachable through it: refs, all, any
  Rows referrers;
  Rows all, conflicts;      // group -> groups
  Rows any, any_owned;      // any row -> groups; group -> its any rows
  Rows alternatives, sets;  // set -> contents, content -> sets

  bool brings(std::uint32_t group, std::uint32_t content) const noexcept {  // when it opens
    const Span<std::uint32_t> brought = needs[group];
    return std::ranges::find(brought, content) != brought.end();
  }
  std::uint32_t cost_of(std::uint32_t dim, std::uint32_t content) const noexcept {
    return cost[static_cast<std::size_t>(dim) * contents + content];
  }
};

// malformed: see pack(). O(n) in the size of the problem, except for sorting its rows.
Result<Model> build_model(const PackingProblem& problem);

// The open groups and the contents taken.
struct Selection {
  std::vector<std::uint8_t> open, taken;
};

// The value and cost of a selection; each content counts once.
struct Totals {
  std::int64_t value = 0;
  std::vector<std::uint64_t> used;  // per dimension
};
Totals totals_of(const Model& model, const Selection& selection);

// The emitted sequence: the heads of all open groups, and for each other content taken its first item in an open
// group.
std::vector<PackedItem> emit(const Model& model, const Selection& selection);

// Chars of each part when `sequence` is cut by next fit; the last part takes the remainder. Empty unless ordered.
std::vector<std::uint64_t> cut(const Model& model, const std::vector<PackedItem>& sequence);

// Checks every rule of the problem from scratch, independently of any search. Linear.
bool is_valid(const Model& model, const Selection& selection);  // structure only
bool fits(const Model& model, const Selection& selection);      // budgets, slots, parts

// The order of answers: more value, fewer tokens, fewer chars, then the earlier section. True: `a` is better.
bool better(const Model& model, const Selection& a, const Selection& b);

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
// others together with reachability (component_tree.cpp).
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
  bool cyclic = false;          // clauses alone do not decide reachability (component_tree.cpp)
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

// The tree of components: groups that imply each other, below those that they cannot be open without.

// The place of a content in the kernel: the number of the component below which it is a node, with merged_bit if it is
// part of the component itself; none: it is worthless or not alive.
using Places = std::vector<std::uint32_t>;
constexpr std::uint32_t merged_bit = 0x80000000U;

// `shorter`, `longer`: a content's neighbours in its chain, or none. `set`: whether all of a set of alternatives is
// one chain. Along a chain value grows, no cost falls, and all forms belong to one component.
struct Chains {
  std::vector<std::uint32_t> shorter, longer;
  std::vector<std::uint8_t> set;
};

// Removes from `places` the forms that another form of their set beats. Under ordered placement nothing is a chain:
// there the cost of a form depends on its position.
Chains find_chains(const Model& model, const Alive& alive, Places& places);

// The vertices are the groups and, as the last, the start, which leads to the roots.
struct ComponentTree {
  std::uint32_t count = 0;               // number of components; the start's is 0, and parents have smaller numbers
  std::vector<std::uint32_t> component;  // of a vertex; none: no living group
  std::vector<std::uint32_t> above;      // of a component: its deepest dominator; none for the start's
  std::vector<std::uint32_t> level;      // of a component: its depth
  std::vector<std::uint32_t> dominator;  // of a vertex; none as above, and for the start
};

ComponentTree find_component_tree(const Model& model, const Alive& alive);

// Places each content: in a component if it always comes with it, as a node of its own below the deepest component that
// all its carriers imply, or nowhere if it is worthless.
Places place_contents(const Model& model, const Alive& alive, const ComponentTree& tree);

// Strongly connected components.

// Vertices that reach each other share a number. A component's number is greater than those of all components it leads
// to. Vertices that the visit does not meet have `none`.
struct Components {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> of_vertex;
};

// The components of everything reachable from `starts`. Linear, no recursion.
Components find_components(const Rows& successors, const std::vector<std::uint32_t>& starts);

// Dominators of a directed graph: a dominates b if every path from the start to b passes through a.

// `idom` of each vertex is its immediate dominator, or `none` for the start and for vertices it does not reach.
// `depth` is the number of dominators above a vertex, `preorder` the reached vertices, each after its dominator.
struct Dominators {
  std::vector<std::uint32_t> idom, depth, preorder;
};

// Lengauer and Tarjan's algorithm with path compression: O(edges * log vertices), no recursion.
Dominators find_dominators(const Rows& successors, std::uint32_t start);

// Nodes that hold only each other: clauses allow groups that refer to each other without a way from a root.

// The order in which the chosen nodes are reached from node 0 by ways of chosen nodes: each comes after its parent and
// one of the nodes that lead to it; none for nodes not reached. `chosen` is closed under `parent`. Linear.
std::vector<std::uint32_t> reach_order(const Kernel& kernel, const std::vector<std::uint8_t>& chosen);

// The chosen nodes to which no way of chosen nodes leads; `chosen` is closed under `parent`. Linear.
std::vector<std::uint32_t> find_unreached(const Kernel& kernel, const std::vector<std::uint8_t>& chosen);

// The nodes outside the unreached ones through which a way could come in: any selection that holds one of the
// unreached holds one of these. Ascending; without excluded nodes and those with status out.
std::vector<std::uint32_t> ways_in(const Kernel& kernel, const std::vector<std::uint32_t>& unreached,
                                   const std::vector<Status>& status);

// Returns the clauses that the chosen nodes break because some have no way to them: for each bundle of unreached nodes
// that hold each other, that its nodes need a way into the bundle. `chosen` is closed under `parent`.
std::vector<Cut> find_cuts(const Kernel& kernel, const std::vector<std::uint8_t>& chosen,
                           const std::vector<Status>& status);

// Returns the clause of the kernel that equals the cut, or none.
std::uint32_t known_clause(const Kernel& kernel, const Cut& cut);

}  // namespace cascade::budget
