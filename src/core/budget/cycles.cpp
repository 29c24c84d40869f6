// Cuts off groups that hold only each other. Clauses alone allow a cycle of groups that refer to each other with no
// way from a root. So the chosen nodes are visited from node 0; the ones not reached are split into bundles (the
// components that nothing else unreached holds), and each bundle yields the clause that one of the ways into it must
// be chosen. Such clauses are learned only when a relaxed selection breaks them: one for every possible cycle would be
// too many.
#include "budget/cycles.h"

#include "budget/component_tree.h"

#include <algorithm>

namespace cascade::budget {

std::vector<std::uint32_t> reach_order(const Kernel& kernel, const std::vector<std::uint8_t>& chosen) {
  std::vector<std::uint8_t> entered(kernel.nodes, 1);
  for (std::uint32_t c = 0; c < kernel.clauses.size(); ++c) {
    if (kernel.kind[c] == ClauseKind::entry) entered[kernel.clause_head[c]] = 0;
  }
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
  for (std::uint32_t u = 0; u < kernel.nodes; ++u) {
    if (chosen[u] != 0 && order[u] == none) unreached.push_back(u);
  }
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
      for (std::uint32_t m : kernel.clauses[c]) {
        if (inside[m] == 0 && status[m] != Status::out && kernel.excluded[m] == 0) ways.push_back(m);
      }
    }
  }
  std::sort(ways.begin(), ways.end());
  ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
  return ways;
}

namespace {

// Returns the bundles of unreached nodes that hold each other and that no other unreached node holds. A node is held
// by its parent and by those of its ways in that are chosen; here all of them are unreached.
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
  for (std::uint32_t c = 0; c < components.count; ++c) {
    if (leans[c] == 0) out.push_back(std::move(members[c]));
  }
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
      const bool entered = std::any_of(headed.begin(), headed.end(),
                                       [&](std::uint32_t c) { return kernel.kind[c] == ClauseKind::entry; });
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
