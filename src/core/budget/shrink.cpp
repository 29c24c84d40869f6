// Decided nodes leave the kernel: their values and costs move to node 0, rows that hold already are dropped, and the
// rest is renumbered in the same order, so the new kernel is preordered, too. The search below then walks arrays of
// the nodes that are still open; most of a large problem is decided by the bounds at the root.
// Rebuilds the kernel without the decided nodes.
#include "budget/cycles.h"
#include "budget/kernel.h"

#include <algorithm>

namespace cascade::budget {
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

  // Decides which nodes stay: free ones, and those that are in without a decided way to them. The latter still need
  // one; node 0 implies them.
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
    to_.end.resize(next);
    for (std::uint32_t u = 0; u < next; ++u) to_.end[u] = u + 1;
    for (std::uint32_t u = next; u-- > 1;) to_.end[to_.parent[u]] = std::max(to_.end[to_.parent[u]], to_.end[u]);
    to_.value.assign(next, 0);
    for (std::uint32_t u = 0; u < from_.nodes; ++u) {
      if (number_[u] != none) to_.value[number_[u]] += from_.value[u];
    }
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
    if (status_[head] == Status::out || std::any_of(members.begin(), members.end(), satisfies)) return;
    add_clause(old, number_[head], members, kind);
  }

  void add_clause(std::uint32_t old, std::uint32_t head, Span<std::uint32_t> members, ClauseKind kind) {
    to_.clause_head.push_back(head);
    to_.old_clause.push_back(old);
    to_.kind.push_back(head == 0 ? ClauseKind::plain : kind);
    for (std::uint32_t m : members) {
      if (status_[m] != Status::out) to_.clauses.items.push_back(number_[m]);
    }
    to_.clauses.end_row();
  }

  void keep_pack(std::uint32_t pack) {
    const std::size_t before = to_.packs.items.size();
    for (std::uint32_t m : from_.packs[pack]) {
      if (status_[m] == Status::free) to_.packs.items.push_back(number_[m]);
    }
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
