// The rows are stored by row; index_rows() turns them around, so that a decision about a node finds the rows it is in.
// has_cycles() removes nodes as their parents and ways in are removed, as in topological sorting: what remains waits
// for itself.
#include "budget/kernel.h"

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

bool has_cycles(const Kernel& kernel) {
  // A node waits for its parent and all its ways in; a node that waits forever is on a cycle or behind one.
  std::vector<std::uint32_t> waits(kernel.nodes, 1), ready{0};
  for (std::uint32_t c = 0; c < kernel.clauses.size(); ++c) {
    if (kernel.kind[c] == ClauseKind::entry) waits[kernel.clause_head[c]] += kernel.clauses[c].size;
  }
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
    for (std::uint32_t c : kernel.joined[at]) {
      if (kernel.kind[c] == ClauseKind::entry && kernel.clause_head[c] != 0) release(kernel.clause_head[c]);
    }
  }
  return done < kernel.nodes;
}

Selection selection_of(const Model& model, const Kernel& kernel, const std::vector<Status>& status) {
  Selection selection{std::vector<std::uint8_t>(model.groups, 0), std::vector<std::uint8_t>(model.contents, 0)};
  auto is_in = [&](std::uint32_t node) { return node != none && status[node] == Status::in; };
  for (std::uint32_t g = 0; g < model.groups; ++g) selection.open[g] = is_in(kernel.node_of_group[g]) ? 1 : 0;
  for (std::uint32_t k = 0; k < model.contents; ++k)
    selection.taken[k] = is_in(kernel.node_of_content[k]) && !is_in(kernel.longer_form[k]) ? 1 : 0;
  return selection;
}

}  // namespace cascade::budget
