#include "budget/cycles.h"

#include <algorithm>

namespace cascade::budget {

std::vector<std::uint32_t> find_unreached(const Kernel& kernel, const std::vector<std::uint8_t>& chosen) {
  std::vector<std::uint8_t> reached(kernel.nodes, 0), entered(kernel.nodes, 1);
  for (std::uint32_t c = 0; c < kernel.clauses.size(); ++c) {
    if (kernel.kind[c] == ClauseKind::entry) entered[kernel.clause_head[c]] = 0;
  }
  // A node is reached when its parent is, and one of its ways in, where it has any.
  std::vector<std::uint32_t> queue;
  auto check = [&](std::uint32_t u) {
    if (chosen[u] == 0 || reached[u] != 0 || entered[u] == 0 || (u != 0 && reached[kernel.parent[u]] == 0)) return;
    reached[u] = 1;
    queue.push_back(u);
  };
  entered[0] = 1;
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
  std::vector<std::uint32_t> unreached;
  for (std::uint32_t u = 0; u < kernel.nodes; ++u) {
    if (chosen[u] != 0 && reached[u] == 0) unreached.push_back(u);
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

// Unreached nodes that hang together: by the tree, or because one is a way into the other.
std::vector<std::vector<std::uint32_t>> bundles(const Kernel& kernel, const std::vector<std::uint32_t>& unreached) {
  std::vector<std::uint32_t> leader(kernel.nodes, none);
  for (std::uint32_t u : unreached) leader[u] = u;
  auto find = [&](std::uint32_t u) {
    while (leader[u] != u) u = leader[u] = leader[leader[u]];
    return u;
  };
  auto join = [&](std::uint32_t a, std::uint32_t b) {
    if (leader[b] == none) return;
    const std::uint32_t of_a = find(a), of_b = find(b);
    leader[std::max(of_a, of_b)] = std::min(of_a, of_b);
  };
  for (std::uint32_t u : unreached) {
    join(u, kernel.parent[u]);
    for (std::uint32_t c : kernel.headed[u]) {
      if (kernel.kind[c] != ClauseKind::entry) continue;
      for (std::uint32_t m : kernel.clauses[c]) join(u, m);
    }
  }
  std::vector<std::vector<std::uint32_t>> out;
  std::vector<std::uint32_t> number(kernel.nodes, none);
  for (std::uint32_t u : unreached) {
    const std::uint32_t first = find(u);
    if (number[first] == none) {
      number[first] = static_cast<std::uint32_t>(out.size());
      out.emplace_back();
    }
    out[number[first]].push_back(u);
  }
  return out;
}

constexpr std::size_t most_heads = 8;  // of one bundle; the first ones say nearly all

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
