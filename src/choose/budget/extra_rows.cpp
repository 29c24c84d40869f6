// Goes through the groups, the contents, the conflicts and the sets of alternatives, and drops from each relation what
// the tree says already: a clause one of whose members is above its head always holds; of a pack, a member below
// another can never be in. Clauses of one member come last, sorted, because many relations repeat them. Conflicts are
// pairs; sets of pairs that all exclude each other make one pack, which bounds more strongly than its pairs.
#include "budget/extra_rows.h"

#include <algorithm>
#include <utility>

namespace cascade::budget {
namespace {

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
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (std::any_of(members.begin(), members.end(), [&](std::uint32_t m) { return is_above(m, head); })) return;
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
    std::sort(singles.begin(), singles.end());
    singles.erase(std::unique(singles.begin(), singles.end()), singles.end());
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
      if (std::any_of(members.begin(), members.end(), [&](std::uint32_t o) { return o < u && is_above(o, u); })) {
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
  for (std::uint32_t g : groups) {
    if (kernel.node_of_group[g] != none) nodes.push_back(kernel.node_of_group[g]);
  }
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
    for (std::uint32_t node : members) {
      if (!rows.is_above(head, node)) entries[tree.component[g]].push_back(node);
    }
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
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
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
    for (std::uint32_t k : model.alternatives[set]) {
      if (kernel.node_of_content[k] != none) members.push_back(kernel.node_of_content[k]);
    }
    std::sort(members.begin(), members.end());
    for (std::size_t i = 1; i < members.size(); ++i) {
      if (members[i] == members[i - 1]) kernel.excluded[members[i]] = 1;
    }
    members.erase(std::unique(members.begin(), members.end()), members.end());
    rows.add_pack(members);
  }
}

}  // namespace

void add_extra_rows(const Model& model, const NodeSources& sources, Kernel& kernel) {
  RowWriter rows{kernel};
  add_group_clauses(model, sources, rows);
  add_content_clauses(model, sources, rows);
  rows.add_singles();
  add_cliques(conflicting_nodes(model, kernel), rows);
  add_alternatives(model, sources.chains, rows);
}

}  // namespace cascade::budget
