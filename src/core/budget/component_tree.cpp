// A component's dominators are in every selection with it, so its deepest one is its parent. Implication is more than
// dominance: a group also implies what it requires, and groups that imply each other round a circle are one component.
#include "budget/kernel.h"

#include "text/names.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cascade::budget {
namespace {

constexpr std::uint64_t most_walked = 4'000'000;

// The living groups that each vertex leads to.
Rows living_successors(const Model& model, const Alive& alive) {
  Rows successors;
  successors.begin.reserve(model.groups + 2U);
  successors.items.reserve(model.out.items.size() + model.roots.size());
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (alive.group[g] != 0) {
      for (std::uint32_t c : model.out[g])
        if (alive.group[c] != 0) successors.items.push_back(c);
    }
    successors.end_row();
  }
  successors.items.insert(successors.items.end(), model.roots.begin(), model.roots.end());
  successors.end_row();
  return successors;
}

// Returns what a group is never open without: its dominator and its requirements; the start requires the roots.
Rows implied(const Model& model, const Alive& alive, const std::vector<std::uint32_t>& dominator) {
  Rows rows;
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (alive.group[g] != 0) {
      rows.items.push_back(dominator[g]);
      const Span<std::uint32_t> all = model.all[g];
      rows.items.insert(rows.items.end(), all.begin(), all.end());
    }
    rows.end_row();
  }
  rows.items.insert(rows.items.end(), model.roots.begin(), model.roots.end());
  rows.end_row();
  return rows;
}

// Sets `above`: of all dominators of a component's groups, the component of the deepest one outside it.
void find_parents(ComponentTree& tree, const Dominators& dominators) {
  tree.above.assign(tree.count, none);
  std::vector<std::uint32_t> deepest(tree.count, 0);
  for (std::uint32_t g : dominators.preorder) {
    const std::uint32_t dominator = dominators.idom[g], c = tree.component[g];
    if (dominator == none || tree.component[dominator] == c) continue;
    if (tree.above[c] != none && dominators.depth[dominator] <= deepest[c]) continue;
    tree.above[c] = tree.component[dominator];
    deepest[c] = dominators.depth[dominator];
  }
}

// Returns the deepest component implied by both. Long walks are cut short: node 0 is always a correct answer.
std::uint32_t common_above(const ComponentTree& tree, std::uint32_t a, std::uint32_t b, std::uint64_t& walked) {
  while (a != b) {
    if (walked++ > most_walked) return 0;
    std::uint32_t& deeper = tree.level[a] >= tree.level[b] ? a : b;
    deeper = tree.above[deeper];
  }
  return a;
}

}  // namespace

ComponentTree find_component_tree(const Model& model, const Alive& alive) {
  Dominators dominators = find_dominators(living_successors(model, alive), model.groups);
  Components components = find_components(implied(model, alive, dominators.idom), dominators.preorder);
  ComponentTree tree;
  tree.count = components.count;
  tree.component = std::move(components.of_vertex);
  find_parents(tree, dominators);
  tree.dominator = std::move(dominators.idom);
  // Implied components have smaller numbers, so the start's is 0 and parents come first.
  tree.level.assign(tree.count, 0);
  for (std::uint32_t c = 1; c < tree.count; ++c) tree.level[c] = tree.level[tree.above[c]] + 1;
  return tree;
}

Places place_contents(const Model& model, const Alive& alive, const ComponentTree& tree) {
  Places places(model.contents, none);
  std::uint64_t walked = 0;
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (alive.content[k] == 0) continue;
    std::uint32_t below = none;
    bool needed = false;
    for (std::uint32_t g : model.carriers[k]) {
      if (alive.group[g] == 0) continue;
      below = below == none ? tree.component[g] : common_above(tree, below, tree.component[g], walked);
      needed = needed || model.brings(g, k);
    }
    bool merged = false;
    for (std::uint32_t g : model.carriers[k])
      merged = merged || (needed && alive.group[g] != 0 && tree.component[g] == below && model.brings(g, k));
    const bool worthless = model.value[k] == 0 && (model.cost_of(token_dim, k) > 0 || model.cost_of(char_dim, k) > 0);
    if (merged) {
      places[k] = below | merged_bit;
    } else if (needed || !worthless) {
      places[k] = below;
    }
  }
  return places;
}

// Tarjan's algorithm with an explicit stack: a chain of 10^5 manifests would exhaust the call stack.

Components find_components(const Rows& successors, const std::vector<std::uint32_t>& starts) {
  Components found{0, std::vector<std::uint32_t>(successors.size(), none)};
  struct Step {
    std::uint32_t vertex, next;
  };
  std::vector<Step> stack;
  std::vector<std::uint32_t> number(successors.size(), none), low(successors.size(), 0), open;
  std::uint32_t visited = 0;
  const auto enter = [&](std::uint32_t vertex) {
    number[vertex] = low[vertex] = visited++;
    open.push_back(vertex);
    stack.push_back({vertex, 0});
  };
  const auto leave = [&](std::uint32_t vertex) {
    if (!stack.empty()) low[stack.back().vertex] = std::min(low[stack.back().vertex], low[vertex]);
    if (low[vertex] != number[vertex]) return;
    for (std::uint32_t member = none; member != vertex;) {
      member = open.back();
      open.pop_back();
      found.of_vertex[member] = found.count;
    }
    ++found.count;
  };
  for (const std::uint32_t start : starts) {
    if (number[start] == none) enter(start);
    while (!stack.empty()) {
      const std::uint32_t vertex = stack.back().vertex;
      if (stack.back().next == successors[vertex].size) {
        stack.pop_back();
        leave(vertex);
        continue;
      }
      const std::uint32_t next = successors[vertex][stack.back().next++];
      if (number[next] == none)
        enter(next);
      else if (found.of_vertex[next] == none)
        low[vertex] = std::min(low[vertex], number[next]);
    }
  }
  return found;
}

// Lengauer and Tarjan: number the vertices depth first; backwards, find each one's semidominator, the vertex of least
// number from which a path reaches it through greater numbers only; derive the immediate dominators. Explicit stacks,
// for paths of 10^5 vertices, on which the simple iterative method is quadratic.
namespace {

// Renumbers the vertices by a depth-first visit; all code below uses these numbers.
class DominatorFinder {
 public:
  DominatorFinder(const Rows& successors, std::uint32_t start) : successors_(successors) {
    number_.assign(successors.size(), none);
    visit(start);
    const auto count = static_cast<std::uint32_t>(vertex_.size());
    semi_.resize(count);
    label_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) semi_[i] = label_[i] = i;
    ancestor_.assign(count, none);
    dominator_.assign(count, none);
  }

  // Each bucket holds the vertices whose semidominator is the parent at hand, told when its subtree is linked.
  Dominators run() {
    const auto count = static_cast<std::uint32_t>(vertex_.size());
    collect_predecessors();
    std::vector<std::uint32_t> first_in_bucket(count, none), next_in_bucket(count, none);
    for (std::uint32_t w = count; w-- > 1;) {
      for (std::uint32_t v : predecessors_[w]) semi_[w] = std::min(semi_[w], semi_[evaluate(v)]);
      next_in_bucket[w] = first_in_bucket[semi_[w]];
      first_in_bucket[semi_[w]] = w;
      ancestor_[w] = parent_[w];
      std::uint32_t& bucket = first_in_bucket[parent_[w]];
      for (; bucket != none; bucket = next_in_bucket[bucket]) {
        const std::uint32_t u = evaluate(bucket);
        dominator_[bucket] = semi_[u] < semi_[bucket] ? u : parent_[w];
      }
    }
    for (std::uint32_t w = 1; w < count; ++w)
      if (dominator_[w] != semi_[w]) dominator_[w] = dominator_[dominator_[w]];
    return result();
  }

 private:
  void visit(std::uint32_t start) {
    struct Step {
      std::uint32_t vertex, next;
    };
    std::vector<Step> stack;
    auto enter = [&](std::uint32_t vertex, std::uint32_t parent) {
      number_[vertex] = static_cast<std::uint32_t>(vertex_.size());
      vertex_.push_back(vertex);
      parent_.push_back(parent);
      stack.push_back({vertex, 0});
    };
    enter(start, none);
    while (!stack.empty()) {
      Step& step = stack.back();
      const Span<std::uint32_t> row = successors_[step.vertex];
      if (step.next == row.size) {
        stack.pop_back();
        continue;
      }
      const std::uint32_t child = row[step.next++];
      if (number_[child] == none) enter(child, number_[step.vertex]);
    }
  }

  void collect_predecessors() {
    Rows by_number;
    for (std::uint32_t vertex : vertex_) {
      for (std::uint32_t child : successors_[vertex]) by_number.items.push_back(number_[child]);
      by_number.end_row();
    }
    predecessors_ = invert(by_number, static_cast<std::uint32_t>(vertex_.size()));
  }

  // Returns the vertex of least semidominator on the linked path above v, and shortens that path.
  std::uint32_t evaluate(std::uint32_t v) {
    if (ancestor_[v] == none) return v;
    path_.clear();
    for (std::uint32_t at = v; ancestor_[ancestor_[at]] != none; at = ancestor_[at]) path_.push_back(at);
    for (auto at = path_.rbegin(); at != path_.rend(); ++at) {
      const std::uint32_t above = ancestor_[*at];
      if (semi_[label_[above]] < semi_[label_[*at]]) label_[*at] = label_[above];
      ancestor_[*at] = ancestor_[above];
    }
    return label_[v];
  }

  Dominators result() const {
    Dominators out;
    out.idom.assign(successors_.size(), none);
    out.depth.assign(successors_.size(), 0);
    out.preorder = vertex_;
    for (std::uint32_t w = 1; w < vertex_.size(); ++w) {
      const std::uint32_t above = vertex_[dominator_[w]];
      out.idom[vertex_[w]] = above;
      out.depth[vertex_[w]] = out.depth[above] + 1;
    }
    return out;
  }

  const Rows& successors_;
  std::vector<std::uint32_t> number_, vertex_,
      parent_;  // number of a vertex; vertex and depth-first parent of a number
  Rows predecessors_;
  std::vector<std::uint32_t> semi_, label_, ancestor_, dominator_, path_;
};

}  // namespace

Dominators find_dominators(const Rows& successors, std::uint32_t start) {
  return DominatorFinder(successors, start).run();
}

// Recognises sets of alternatives that are shorter and longer forms of one text. The kernel then holds each form as the
// difference to the one before it, a child below its parent: the tree states "at most one form" by itself, which a pack
// would state only through a price, with a weaker bound.
namespace {

// Whether only its place, one living carrier and this set decide about the content.
bool is_free(const Model& model, const Alive& alive, std::uint32_t content, std::uint32_t place) {
  if (place >= merged_bit || model.sets[content].size != 1) return false;
  std::uint32_t carriers = 0;
  for (std::uint32_t g : model.carriers[content]) {
    if (alive.group[g] == 0) continue;
    ++carriers;
    if (model.brings(g, content)) return false;
  }
  return carriers == 1;
}

// Whether `b` costs at least as much as `a` in every dimension.
bool no_cheaper(const Model& model, std::uint32_t b, std::uint32_t a) {
  for (std::uint32_t d = 0; d < model.dims; ++d)
    if (model.cost_of(d, b) < model.cost_of(d, a)) return false;
  return true;
}

// By cost, without those that a cheaper one beats; empty: they are not a chain.
std::vector<std::uint32_t> order_forms(const Model& model, std::vector<std::uint32_t> forms) {
  auto key = [&](std::uint32_t k) {
    return std::make_tuple(model.cost_of(token_dim, k), model.cost_of(char_dim, k), -model.value[k], k);
  };
  std::ranges::sort(forms, [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<std::uint32_t> chain;
  for (std::uint32_t k : forms) {
    if (chain.empty()) {
      chain.push_back(k);
      continue;
    }
    const std::uint32_t last = chain.back();
    if (!no_cheaper(model, k, last)) return {};
    if (model.value[k] > model.value[last]) {
      chain.push_back(k);
      continue;
    }
    const bool dearer = model.cost_of(token_dim, k) > model.cost_of(token_dim, last) ||
                        model.cost_of(char_dim, k) > model.cost_of(char_dim, last);
    if (model.value[k] == model.value[last] && !dearer) return {};  // equal ones: canonical order decides
  }
  return chain;
}

}  // namespace

Chains find_chains(const Model& model, const Alive& alive, Places& places) {
  Chains chains{std::vector<std::uint32_t>(model.contents, none), std::vector<std::uint32_t>(model.contents, none),
                std::vector<std::uint8_t>(model.alternatives.size(), 0)};
  if (model.ordered) return chains;
  for (std::uint32_t set = 0; set < model.alternatives.size(); ++set) {
    std::vector<std::uint32_t> forms;
    bool good = true;
    for (std::uint32_t k : model.alternatives[set]) {
      if (places[k] == none) continue;
      good = good && is_free(model, alive, k, places[k]) && (forms.empty() || places[k] == places[forms[0]]);
      forms.push_back(k);
    }
    if (!good || forms.size() < 2) continue;
    const std::vector<std::uint32_t> chain = order_forms(model, forms);
    if (chain.empty()) continue;
    chains.set[set] = 1;
    for (std::uint32_t k : forms)
      if (std::ranges::find(chain, k) == chain.end()) places[k] = none;
    for (std::size_t i = 1; i < chain.size(); ++i) {
      chains.shorter[chain[i]] = chain[i - 1];
      chains.longer[chain[i - 1]] = chain[i];
    }
  }
  return chains;
}

// Clauses alone allow a cycle of groups that refer to each other with no way from a root. The chosen nodes that are not
// reached from node 0 are split into bundles, and each yields the clause that one of the ways into it must be chosen:
// learned only when a relaxed selection breaks it, since one for every cycle would be too many.

std::vector<std::uint32_t> reach_order(const Kernel& kernel, const std::vector<std::uint8_t>& chosen) {
  std::vector<std::uint8_t> entered(kernel.nodes, 1);
  for (std::uint32_t c = 0; c < kernel.clauses.size(); ++c)
    if (kernel.kind[c] == ClauseKind::entry) entered[kernel.clause_head[c]] = 0;
  entered[0] = 1;
  // A node is reached once its parent is, and one of its ways in if it has any.
  std::vector<std::uint32_t> order(kernel.nodes, none), queue;
  auto check = [&](std::uint32_t u) {
    if (chosen[u] == 0 || order[u] != none || entered[u] == 0) return;
    if (u != 0 && order[kernel.parent[u]] == none) return;
    order[u] = static_cast<std::uint32_t>(queue.size());
    queue.push_back(u);
  };
  check(0);
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::uint32_t node = queue[at];
    for (std::uint32_t c : kernel.joined[node]) {
      const std::uint32_t head = kernel.clause_head[c];
      if (kernel.kind[c] != ClauseKind::entry || entered[head] != 0) continue;
      entered[head] = 1;
      check(head);
    }
    for (std::uint32_t u = node + 1; u < kernel.end[node]; u = kernel.end[u]) check(u);
  }
  return order;
}

std::vector<std::uint32_t> find_unreached(const Kernel& kernel, const std::vector<std::uint8_t>& chosen) {
  const std::vector<std::uint32_t> order = reach_order(kernel, chosen);
  std::vector<std::uint32_t> unreached;
  for (std::uint32_t u = 0; u < kernel.nodes; ++u)
    if (chosen[u] != 0 && order[u] == none) unreached.push_back(u);
  return unreached;
}

std::vector<std::uint32_t> ways_in(const Kernel& kernel, const std::vector<std::uint32_t>& unreached,
                                   const std::vector<Status>& status) {
  std::vector<std::uint8_t> inside(kernel.nodes, 0);
  for (std::uint32_t u : unreached) inside[u] = 1;
  std::vector<std::uint32_t> ways;
  for (std::uint32_t u : unreached) {
    for (std::uint32_t c : kernel.headed[u]) {
      if (kernel.kind[c] != ClauseKind::entry) continue;
      for (std::uint32_t m : kernel.clauses[c])
        if (inside[m] == 0 && status[m] != Status::out && kernel.excluded[m] == 0) ways.push_back(m);
    }
  }
  letters::sort_once(ways);
  return ways;
}

namespace {

// The bundles of unreached nodes that hold each other. A node is held by its parent and its chosen ways in.
std::vector<std::vector<std::uint32_t>> bundles(const Kernel& kernel, const std::vector<std::uint32_t>& unreached) {
  std::vector<std::uint32_t> place(kernel.nodes, none);
  for (std::uint32_t i = 0; i < unreached.size(); ++i) place[unreached[i]] = i;
  Rows held_by;
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < unreached.size(); ++i) {
    all.push_back(i);
    auto hold = [&](std::uint32_t node) {
      if (place[node] != none) held_by.items.push_back(place[node]);
    };
    hold(kernel.parent[unreached[i]]);
    for (std::uint32_t c : kernel.headed[unreached[i]]) {
      if (kernel.kind[c] != ClauseKind::entry) continue;
      for (std::uint32_t m : kernel.clauses[c]) hold(m);
    }
    held_by.end_row();
  }
  const Components components = find_components(held_by, all);
  std::vector<std::vector<std::uint32_t>> members(components.count);
  std::vector<std::uint8_t> leans(components.count, 0);  // it is held by another bundle
  for (std::uint32_t i = 0; i < unreached.size(); ++i) {
    const std::uint32_t c = components.of_vertex[i];
    members[c].push_back(unreached[i]);
    for (std::uint32_t other : held_by[i]) leans[c] |= components.of_vertex[other] != c ? 1 : 0;
  }
  std::vector<std::vector<std::uint32_t>> out;
  for (std::uint32_t c = 0; c < components.count; ++c)
    if (leans[c] == 0) out.push_back(std::move(members[c]));
  return out;
}

constexpr std::size_t most_heads = 8;  // of one bundle; the first ones are nearly as good as all

}  // namespace

std::vector<Cut> find_cuts(const Kernel& kernel, const std::vector<std::uint8_t>& chosen,
                           const std::vector<Status>& status) {
  std::vector<Cut> cuts;
  const std::vector<std::uint32_t> unreached = find_unreached(kernel, chosen);
  if (unreached.empty()) return cuts;
  for (const std::vector<std::uint32_t>& bundle : bundles(kernel, unreached)) {
    const std::vector<std::uint32_t> ways = ways_in(kernel, bundle, status);
    std::size_t heads = 0;
    for (std::uint32_t u : bundle) {
      const Span<std::uint32_t> headed = kernel.headed[u];
      const bool entered =
          std::ranges::any_of(headed, [&](std::uint32_t c) { return kernel.kind[c] == ClauseKind::entry; });
      if (!entered || heads == most_heads) continue;
      ++heads;
      cuts.push_back({u, ways});
    }
  }
  return cuts;
}

std::uint32_t known_clause(const Kernel& kernel, const Cut& cut) {
  for (std::uint32_t c : kernel.headed[cut.head]) {
    const Span<std::uint32_t> members = kernel.clauses[c];
    if (std::equal(members.begin(), members.end(), cut.members.begin(), cut.members.end())) return c;
  }
  return none;
}

}  // namespace cascade::budget
