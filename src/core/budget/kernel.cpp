// The rows are stored by row; index_rows() turns them around, so that a decision about a node finds the rows it is in.
// has_cycles() removes nodes as their parents and ways in are removed, as in topological sorting: what remains waits
// for itself.
#include "budget/kernel.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "text/names.h"

namespace cascade::budget {

void index_rows(Kernel& kernel) {
  Rows heads;
  for (std::uint32_t head : kernel.clause_head) {
    heads.items.push_back(head);
    heads.end_row();
  }
  kernel.headed = invert(heads, kernel.nodes);
  kernel.joined = invert(kernel.clauses, kernel.nodes);
  kernel.packed = invert(kernel.packs, kernel.nodes);
}

Selection selection_of(const Model& model, const Kernel& kernel, const std::vector<Status>& status) {
  Selection selection{std::vector<std::uint8_t>(model.groups, 0), std::vector<std::uint8_t>(model.contents, 0)};
  auto is_in = [&](std::uint32_t node) { return node != none && status[node] == Status::in; };
  for (std::uint32_t g = 0; g < model.groups; ++g) selection.open[g] = is_in(kernel.node_of_group[g]) ? 1 : 0;
  for (std::uint32_t k = 0; k < model.contents; ++k)
    selection.taken[k] = is_in(kernel.node_of_content[k]) && !is_in(kernel.longer_form[k]) ? 1 : 0;
  return selection;
}

// Reduces the model to a tree of yes-or-no nodes, in these steps: (1) compute dominators of the living groups and
// merge groups that imply each other into components; a component's parent is its deepest dominator, which every
// selection with the component also holds. (2) Place each content in a component (if it always comes with it), as a
// node of its own below the deepest component that all its carriers imply, or nowhere (if it is worthless); both in
// component_tree.cpp. (3) Number the nodes in preorder. (4) Sum up what each is worth and costs. (5) Write down as
// clauses and packs only what the tree does not imply already (add_extra_rows). The tree carries most of the structure
// for free: the relaxation solves it exactly in one pass, while each row needs a price and makes the bound weaker.
namespace {

// Goes through the groups, the contents, the conflicts and the sets of alternatives, and drops from each relation what
// the tree says already: a clause one of whose members is above its head always holds; of a pack, a member below
// another can never be in. Clauses of one member come last, sorted, because many relations repeat them. Conflicts are
// pairs; sets of pairs that all exclude each other make one pack, which bounds more strongly than its pairs.

// What the nodes of a kernel stand for.
struct NodeSources {
  const ComponentTree& tree;
  const Places& places;
  const Chains& chains;
  const std::vector<std::uint32_t>& node_of_component;
};

using Pair = std::pair<std::uint32_t, std::uint32_t>;

struct RowWriter {
  Kernel& kernel;
  std::vector<Pair> singles{};  // head, the one member

  bool is_above(std::uint32_t upper, std::uint32_t lower) const {  // or they are the same
    return upper <= lower && lower < kernel.end[upper];
  }

  void imply(std::uint32_t head, std::uint32_t node) {
    if (!is_above(node, head)) singles.emplace_back(head, node);
  }

  void add_clause(std::uint32_t head, std::vector<std::uint32_t>& members, ClauseKind kind) {
    letters::sort_once(members);
    if (std::ranges::any_of(members, [&](std::uint32_t m) { return is_above(m, head); })) return;
    if (members.empty()) {
      kernel.excluded[head] = 1;
      return;
    }
    if (members.size() == 1 && kind == ClauseKind::plain) {
      singles.emplace_back(head, members[0]);
      return;
    }
    kernel.clause_head.push_back(head);
    kernel.kind.push_back(kind);
    kernel.clauses.items.insert(kernel.clauses.items.end(), members.begin(), members.end());
    kernel.clauses.end_row();
  }

  void add_singles() {
    letters::sort_once(singles);
    for (const auto& [head, member] : singles) {
      kernel.clause_head.push_back(head);
      kernel.kind.push_back(ClauseKind::plain);
      kernel.clauses.items.push_back(member);
      kernel.clauses.end_row();
    }
  }

  // REQUIRES: members ascend. A member below another cannot be in without it.
  void add_pack(const std::vector<std::uint32_t>& members) {
    std::uint32_t kept = 0;
    for (std::uint32_t u : members) {
      if (kernel.excluded[u] != 0) continue;
      if (std::ranges::any_of(members, [&](std::uint32_t o) { return o < u && is_above(o, u); })) {
        kernel.excluded[u] = 1;
        continue;
      }
      kernel.packs.items.push_back(u);
      ++kept;
    }
    if (kept > 1) {
      kernel.packs.end_row();
    } else {
      kernel.packs.items.resize(kernel.packs.items.size() - kept);
    }
  }
};

// Sets `nodes` to those of the living among `groups`.
void nodes_of(const Kernel& kernel, Span<std::uint32_t> groups, std::vector<std::uint32_t>& nodes) {
  nodes.clear();
  for (std::uint32_t g : groups)
    if (kernel.node_of_group[g] != none) nodes.push_back(kernel.node_of_group[g]);
}

// What each group requires, and for each component the nodes through which a way from a root enters it: those of the
// referrers outside the component and not below it.
void add_group_clauses(const Model& model, const NodeSources& sources, RowWriter& rows) {
  const Kernel& kernel = rows.kernel;
  const ComponentTree& tree = sources.tree;
  std::vector<std::uint32_t> members;
  std::vector<std::vector<std::uint32_t>> entries(tree.count);  // by component
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    const std::uint32_t head = kernel.node_of_group[g];
    if (head == none) continue;
    for (std::uint32_t c : model.all[g]) rows.imply(head, kernel.node_of_group[c]);
    for (std::uint32_t k : model.needs[g]) rows.imply(head, kernel.node_of_content[k]);
    if (tree.dominator[g] != none) rows.imply(head, sources.node_of_component[tree.component[tree.dominator[g]]]);
    for (std::uint32_t row : model.any_owned[g]) {
      nodes_of(kernel, model.any[row], members);
      rows.add_clause(head, members, ClauseKind::plain);
    }
    if (head == 0) continue;
    nodes_of(kernel, model.referrers[g], members);
    for (std::uint32_t node : members)
      if (!rows.is_above(head, node)) entries[tree.component[g]].push_back(node);
  }
  for (std::uint32_t c = 1; c < tree.count; ++c)
    rows.add_clause(sources.node_of_component[c], entries[c], ClauseKind::entry);
}

// A content with several carriers needs one of them.
void add_content_clauses(const Model& model, const NodeSources& sources, RowWriter& rows) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (sources.places[k] >= merged_bit || model.carriers[k].size < 2) continue;
    nodes_of(rows.kernel, model.carriers[k], members);
    rows.add_clause(rows.kernel.node_of_content[k], members, ClauseKind::plain);
  }
}

// Returns the pairs of nodes that exclude each other, sorted. A node that excludes itself is in no selection.
std::vector<Pair> conflicting_nodes(const Model& model, Kernel& kernel) {
  std::vector<Pair> pairs;
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (kernel.node_of_group[g] == none) continue;
    for (std::uint32_t other : model.conflicts[g]) {
      if (other < g || kernel.node_of_group[other] == none) continue;
      const auto pair = std::minmax(kernel.node_of_group[g], kernel.node_of_group[other]);
      if (pair.first == pair.second) {
        kernel.excluded[pair.first] = 1;
      } else {
        pairs.emplace_back(pair);
      }
    }
  }
  letters::sort_once(pairs);
  return pairs;
}

// Collects conflicting pairs greedily into sets whose members all exclude each other.
void add_cliques(const std::vector<Pair>& pairs, RowWriter& rows) {
  auto conflict = [&](std::uint32_t a, std::uint32_t b) {
    return std::binary_search(pairs.begin(), pairs.end(), Pair(std::minmax(a, b)));
  };
  std::vector<std::uint8_t> covered(pairs.size(), 0);
  std::vector<std::uint32_t> clique;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (covered[i] != 0) continue;
    clique = {pairs[i].first, pairs[i].second};
    for (std::size_t j = i + 1; j < pairs.size() && pairs[j].first == pairs[i].first; ++j) {
      const std::uint32_t next = pairs[j].second;
      if (std::all_of(clique.begin() + 1, clique.end(), [&](std::uint32_t c) { return conflict(c, next); }))
        clique.push_back(next);
    }
    for (std::size_t a = 0; a < clique.size(); ++a) {
      for (std::size_t b = a + 1; b < clique.size(); ++b) {
        const auto pair = std::lower_bound(pairs.begin(), pairs.end(), std::make_pair(clique[a], clique[b]));
        covered[static_cast<std::size_t>(pair - pairs.begin())] = 1;
      }
    }
    rows.add_pack(clique);
  }
}

// Of a set of alternatives that is no chain, one is in at most; what would bring two of them is in no selection.
void add_alternatives(const Model& model, const Chains& chains, RowWriter& rows) {
  Kernel& kernel = rows.kernel;
  std::vector<std::uint32_t> members;
  for (std::uint32_t set = 0; set < model.alternatives.size(); ++set) {
    if (chains.set[set] != 0) continue;
    members.clear();
    for (std::uint32_t k : model.alternatives[set])
      if (kernel.node_of_content[k] != none) members.push_back(kernel.node_of_content[k]);
    std::ranges::sort(members);
    for (std::size_t i = 1; i < members.size(); ++i)
      if (members[i] == members[i - 1]) kernel.excluded[members[i]] = 1;
    members.erase(std::unique(members.begin(), members.end()), members.end());
    rows.add_pack(members);
  }
}

// REQUIRES: `nodes`, `end`, `excluded`, `node_of_group` and `node_of_content` are set.
void add_extra_rows(const Model& model, const NodeSources& sources, Kernel& kernel) {
  RowWriter rows{kernel};
  add_group_clauses(model, sources, rows);
  add_content_clauses(model, sources, rows);
  rows.add_singles();
  add_cliques(conflicting_nodes(model, kernel), rows);
  add_alternatives(model, sources.chains, rows);
}

// The nodes in preorder. `of_content`: none for a content that is no node of its own.
struct Numbering {
  std::vector<std::uint32_t> parent, of_component, of_content;
};

// The child components of each component, in canonical order from the last to the first.
Rows child_components(const Model& model, const ComponentTree& tree) {
  std::vector<std::uint32_t> first_group(tree.count, none);
  for (std::uint32_t g = model.groups; g-- > 0;)
    if (tree.component[g] != none) first_group[tree.component[g]] = g;
  std::vector<std::uint32_t> order(tree.count - 1);  // without the start's
  std::iota(order.begin(), order.end(), 1U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return tree.above[a] != tree.above[b] ? tree.above[a] < tree.above[b] : first_group[a] > first_group[b];
  });
  Rows children;
  auto next = order.begin();
  for (std::uint32_t c = 0; c < tree.count; ++c) {
    for (; next != order.end() && tree.above[*next] == c; ++next) children.items.push_back(*next);
    children.end_row();
  }
  return children;
}

// The contents that are nodes below each component, in canonical order; along a chain the shorter form first.
Rows child_contents(const Model& model, const Places& places, const Chains& chains, std::uint32_t components) {
  Rows children;
  children.begin.assign(components + 1U, 0);
  for (std::uint32_t place : places)
    if (place < merged_bit) ++children.begin[place + 1];
  for (std::uint32_t c = 0; c < components; ++c) children.begin[c + 1] += children.begin[c];
  children.items.resize(children.begin.back());
  std::vector<std::uint32_t> next = children.begin;
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (places[k] >= merged_bit || chains.shorter[k] != none) continue;
    for (std::uint32_t form = k; form != none; form = chains.longer[form]) children.items[next[places[k]]++] = form;
  }
  return children;
}

// Children of a component: contents first, then components.
Numbering number_nodes(const Model& model, const ComponentTree& tree, const Places& places, const Chains& chains) {
  const Rows components = child_components(model, tree), contents = child_contents(model, places, chains, tree.count);
  Numbering nodes;
  nodes.parent.resize(tree.count + contents.items.size());
  nodes.of_component.assign(tree.count, none);
  nodes.of_content.assign(model.contents, none);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> stack{{0, 0}};  // component, parent node
  std::uint32_t number = 0;
  while (!stack.empty()) {
    const auto [c, parent] = stack.back();
    stack.pop_back();
    const std::uint32_t node = nodes.of_component[c] = number++;
    nodes.parent[node] = parent;
    for (std::uint32_t k : contents[c]) {
      const std::uint32_t shorter = chains.shorter[k];
      nodes.parent[number] = shorter == none ? node : nodes.of_content[shorter];
      nodes.of_content[k] = number++;
    }
    for (std::uint32_t child : components[c]) stack.emplace_back(child, node);  // the last is taken first
  }
  return nodes;
}

// Returns the first number after those below each node.
std::vector<std::uint32_t> ends_of(const std::vector<std::uint32_t>& parent) {
  const auto nodes = static_cast<std::uint32_t>(parent.size());
  std::vector<std::uint32_t> end(nodes);
  for (std::uint32_t u = 0; u < nodes; ++u) end[u] = u + 1;
  for (std::uint32_t u = nodes; u-- > 1;) end[parent[u]] = std::max(end[parent[u]], end[u]);
  return end;
}

// The tree with what each node stands for, without values and rows.
Kernel tree_of_nodes(const Model& model, const ComponentTree& tree, const Places& places, const Numbering& nodes) {
  Kernel kernel;
  kernel.nodes = static_cast<std::uint32_t>(nodes.parent.size());
  kernel.end = ends_of(nodes.parent);
  kernel.parent = nodes.parent;
  kernel.excluded.assign(kernel.nodes, 0);
  kernel.node_of_group.assign(model.groups, none);
  for (std::uint32_t g = 0; g < model.groups; ++g)
    if (tree.component[g] != none) kernel.node_of_group[g] = nodes.of_component[tree.component[g]];
  kernel.node_of_content = nodes.of_content;
  for (std::uint32_t k = 0; k < model.contents; ++k)
    if (places[k] != none && places[k] >= merged_bit)
      kernel.node_of_content[k] = nodes.of_component[places[k] & ~merged_bit];
  return kernel;
}

// Limits of tokens, chars, and the slots that can overflow. Returns the model's number for each.
std::vector<std::uint32_t> choose_dimensions(const Model& model, Kernel& kernel) {
  std::vector<std::uint32_t> dims;
  for (std::uint32_t d = 0; d < model.dims; ++d) {
    std::uint64_t total = 0;
    for (std::uint32_t k = 0; k < model.contents; ++k)
      if (kernel.node_of_content[k] != none) total += model.cost_of(d, k);
    if (d >= slot_dim && total <= model.limit[d]) continue;
    dims.push_back(d);
    kernel.limit.push_back(static_cast<std::int64_t>(std::min(total, model.limit[d])));
  }
  kernel.dims = static_cast<std::uint32_t>(dims.size());
  return dims;
}

// Sums up the contents of each node; of a longer form, the difference to the one before it.
void add_values(const Model& model, const Chains& chains, Kernel& kernel) {
  const std::vector<std::uint32_t> dims = choose_dimensions(model, kernel);
  kernel.value.assign(kernel.nodes, 0);
  kernel.cost.assign(static_cast<std::size_t>(kernel.nodes) * kernel.dims, 0);
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    const std::uint32_t u = kernel.node_of_content[k], shorter = chains.shorter[k];
    if (u == none) continue;
    kernel.value[u] += model.value[k] - (shorter == none ? 0 : model.value[shorter]);
    for (std::uint32_t d = 0; d < kernel.dims; ++d)
      kernel.cost[static_cast<std::size_t>(d) * kernel.nodes + u] +=
          model.cost_of(dims[d], k) - (shorter == none ? 0 : model.cost_of(dims[d], shorter));
  }
  kernel.longer_form.assign(model.contents, none);
  for (std::uint32_t k = 0; k < model.contents; ++k)
    if (chains.longer[k] != none) kernel.longer_form[k] = kernel.node_of_content[chains.longer[k]];
}

// False: clauses alone decide reachability, because the ways into all nodes form no cycle. Linear.
bool has_cycles(const Kernel& kernel) {
  // A node waits for its parent and all its ways in; a node that waits forever is on a cycle or behind one.
  std::vector<std::uint32_t> waits(kernel.nodes, 1), ready{0};
  for (std::uint32_t c = 0; c < kernel.clauses.size(); ++c)
    if (kernel.kind[c] == ClauseKind::entry) waits[kernel.clause_head[c]] += kernel.clauses[c].size;
  std::vector<std::uint32_t> first(kernel.nodes, none), next(kernel.nodes, none);  // children as linked lists
  for (std::uint32_t u = 1; u < kernel.nodes; ++u) {
    next[u] = first[kernel.parent[u]];
    first[kernel.parent[u]] = u;
  }
  std::uint32_t done = 0;
  auto release = [&](std::uint32_t u) {
    if (--waits[u] == 0) ready.push_back(u);
  };
  for (; done < ready.size(); ++done) {
    const std::uint32_t at = ready[done];
    for (std::uint32_t u = first[at]; u != none; u = next[u]) release(u);
    for (std::uint32_t c : kernel.joined[at])
      if (kernel.kind[c] == ClauseKind::entry && kernel.clause_head[c] != 0) release(kernel.clause_head[c]);
  }
  return done < kernel.nodes;
}

}  // namespace

Kernel build_kernel(const Model& model, const Alive& alive) {
  const ComponentTree tree = find_component_tree(model, alive);
  Places places = place_contents(model, alive, tree);
  const Chains chains = find_chains(model, alive, places);
  const Numbering nodes = number_nodes(model, tree, places, chains);
  Kernel kernel = tree_of_nodes(model, tree, places, nodes);
  add_values(model, chains, kernel);
  add_extra_rows(model, {tree, places, chains, nodes.of_component}, kernel);
  index_rows(kernel);
  kernel.cyclic = has_cycles(kernel);
  return kernel;
}

// Decided nodes leave the kernel: their values and costs move to node 0, rows that hold already are dropped, and the
// rest is renumbered in the same order, so the new kernel is preordered, too. The search below then walks arrays of
// the nodes that are still open; most of a large problem is decided by the bounds at the root.
// Rebuilds the kernel without the decided nodes.
namespace {

class Shrinker {
 public:
  Shrinker(const Kernel& kernel, const std::vector<Status>& status) : from_(kernel), status_(status) {}

  Kernel run(const std::vector<Cut>& cuts) {
    find_kept();
    number_nodes();
    keep_dimensions();
    for (std::uint32_t c = 0; c < from_.clauses.size(); ++c)
      keep_clause(c, from_.clause_head[c], from_.clauses[c], from_.kind[c]);
    for (const Cut& cut : cuts)
      keep_clause(none, cut.head, {cut.members.data(), cut.members.size()}, ClauseKind::learned);
    for (const std::uint32_t& u : held_) add_clause(none, 0, {&u, 1}, ClauseKind::plain);
    for (std::uint32_t p = 0; p < from_.packs.size(); ++p) keep_pack(p);
    index_rows(to_);
    to_.cyclic = from_.cyclic;
    for (const std::uint32_t node : from_.node_of_group) to_.node_of_group.push_back(renamed(node));
    for (const std::uint32_t node : from_.node_of_content) to_.node_of_content.push_back(renamed(node));
    for (const std::uint32_t node : from_.longer_form) to_.longer_form.push_back(renamed(node));
    return std::move(to_);
  }

 private:
  std::uint32_t renamed(std::uint32_t node) const { return node == none ? none : number_[node]; }

  // Free ones stay, and those that are in without a decided way to them: they still need one; node 0 implies them.
  void find_kept() {
    kept_.resize(from_.nodes);
    for (std::uint32_t u = 0; u < from_.nodes; ++u) kept_[u] = status_[u] == Status::free ? 1 : 0;
    if (!from_.cyclic) return;
    std::vector<std::uint8_t> in(from_.nodes);
    for (std::uint32_t u = 0; u < from_.nodes; ++u) in[u] = status_[u] == Status::in ? 1 : 0;
    held_ = find_unreached(from_, in);
    for (std::uint32_t u : held_) kept_[u] = 1;
  }

  void number_nodes() {
    number_.assign(from_.nodes, none);
    to_.parent = {0};
    to_.old_node = {0};
    number_[0] = 0;
    std::uint32_t next = 1;
    for (std::uint32_t u = 1; u < from_.nodes; ++u) {
      if (kept_[u] == 0) number_[u] = status_[u] == Status::in ? 0 : none;
      if (kept_[u] == 0) continue;
      number_[u] = next++;
      to_.old_node.push_back(u);
      to_.parent.push_back(number_[from_.parent[u]]);
    }
    to_.nodes = next;
    to_.excluded.assign(next, 0);
    to_.end = ends_of(to_.parent);
    to_.value.assign(next, 0);
    for (std::uint32_t u = 0; u < from_.nodes; ++u)
      if (number_[u] != none) to_.value[number_[u]] += from_.value[u];
  }

  void keep_dimensions() {
    std::vector<std::uint32_t> cost(to_.nodes);
    for (std::uint32_t d = 0; d < from_.dims; ++d) {
      std::fill(cost.begin(), cost.end(), 0);
      std::int64_t total = 0;
      for (std::uint32_t u = 0; u < from_.nodes; ++u) {
        if (number_[u] == none) continue;
        const std::uint32_t of_node = from_.cost[static_cast<std::size_t>(d) * from_.nodes + u];
        cost[number_[u]] += of_node;
        total += of_node;
      }
      if (d >= slot_dim && total <= from_.limit[d]) continue;
      to_.cost.insert(to_.cost.end(), cost.begin(), cost.end());
      to_.limit.push_back(std::min(total, from_.limit[d]));
      to_.old_dim.push_back(d);
    }
    to_.dims = static_cast<std::uint32_t>(to_.limit.size());
  }

  // A satisfied clause is dropped; an entry clause only if the node that satisfies it is reached.
  void keep_clause(std::uint32_t old, std::uint32_t head, Span<std::uint32_t> members, ClauseKind kind) {
    auto satisfies = [&](std::uint32_t m) {
      return status_[m] == Status::in && (kind != ClauseKind::entry || number_[m] == 0);
    };
    if (status_[head] == Status::out || std::ranges::any_of(members, satisfies)) return;
    add_clause(old, number_[head], members, kind);
  }

  void add_clause(std::uint32_t old, std::uint32_t head, Span<std::uint32_t> members, ClauseKind kind) {
    to_.clause_head.push_back(head);
    to_.old_clause.push_back(old);
    to_.kind.push_back(head == 0 ? ClauseKind::plain : kind);
    for (std::uint32_t m : members)
      if (status_[m] != Status::out) to_.clauses.items.push_back(number_[m]);
    to_.clauses.end_row();
  }

  void keep_pack(std::uint32_t pack) {
    const std::size_t before = to_.packs.items.size();
    for (std::uint32_t m : from_.packs[pack])
      if (status_[m] == Status::free) to_.packs.items.push_back(number_[m]);
    if (to_.packs.items.size() - before > 1) {
      to_.packs.end_row();
      to_.old_pack.push_back(pack);
    } else {
      to_.packs.items.resize(before);
    }
  }

  const Kernel& from_;
  const std::vector<Status>& status_;
  Kernel to_;
  std::vector<std::uint8_t> kept_;
  std::vector<std::uint32_t> held_;    // nodes that are in without a way to them
  std::vector<std::uint32_t> number_;  // of a node, in the new kernel
};

}  // namespace

Kernel shrink(const Kernel& kernel, const std::vector<Status>& status, const std::vector<Cut>& cuts) {
  return Shrinker(kernel, status).run(cuts);
}

}  // namespace cascade::budget
