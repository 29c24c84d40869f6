// Reduces the model to a tree of yes-or-no nodes, in these steps: (1) compute dominators of the living groups and
// merge groups that imply each other into components; a component's parent is its deepest dominator, which every
// selection with the component also holds. (2) Place each content in a component (if it always comes with it), as a
// node of its own below the deepest component that all its carriers imply, or nowhere (if it is worthless). (3) Number
// the nodes in preorder. (4) Write down as clauses and packs only what the tree does not imply already. The tree
// carries most of the structure for free: the relaxation solves it exactly in one pass, while each row needs a price
// and makes the bound weaker.
#include "budget/kernel.h"

#include "budget/chains.h"
#include "budget/components.h"
#include "budget/dominators.h"

#include <algorithm>
#include <utility>

namespace cascade::budget {
namespace {

class Builder {
 public:
  Builder(const Model& model, const Alive& alive) : model_(model), alive_(alive) {}

  Kernel build() {
    find_tree();
    place_contents();
    chain_ = find_chains(model_, alive_, place_);
    number_nodes();
    fill_nodes();
    add_group_rows();
    add_content_rows();
    add_packs();
    index_rows(kernel_);
    kernel_.cyclic = has_cycles(kernel_);
    return std::move(kernel_);
  }

 private:
  void find_tree() {
    Rows successors;
    successors.begin.reserve(model_.groups + 2U);
    successors.items.reserve(model_.out.items.size() + model_.roots.size());
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (alive_.group[g] != 0) {
        for (std::uint32_t c : model_.out[g]) {
          if (alive_.group[c] != 0) successors.items.push_back(c);
        }
      }
      successors.end_row();
    }
    successors.items.insert(successors.items.end(), model_.roots.begin(), model_.roots.end());
    successors.end_row();
    dominators_ = find_dominators(successors, model_.groups);
    Components components = find_components(implied(), dominators_.preorder);
    count_ = components.count;
    component_ = std::move(components.of_vertex);
    above_.assign(count_, none);
    std::vector<std::uint32_t> deepest(count_, 0);
    for (std::uint32_t g : dominators_.preorder) {
      const std::uint32_t dominator = dominators_.idom[g], c = component_[g];
      if (dominator == none || component_[dominator] == c) continue;
      if (above_[c] != none && dominators_.depth[dominator] <= deepest[c]) continue;
      above_[c] = component_[dominator];
      deepest[c] = dominators_.depth[dominator];
    }
    // Implied components have smaller numbers, so the start's is 0 and parents come first.
    level_.assign(count_, 0);
    for (std::uint32_t c = 1; c < count_; ++c) level_[c] = level_[above_[c]] + 1;
  }

  // Returns what a group is never open without: its dominator and its requirements; the start requires the roots.
  Rows implied() const {
    Rows rows;
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (alive_.group[g] != 0) {
        rows.items.push_back(dominators_.idom[g]);
        const Span<std::uint32_t> all = model_.all[g];
        rows.items.insert(rows.items.end(), all.begin(), all.end());
      }
      rows.end_row();
    }
    rows.items.insert(rows.items.end(), model_.roots.begin(), model_.roots.end());
    rows.end_row();
    return rows;
  }

  // Returns the deepest component implied by both. Long walks are cut short: node 0 is always a correct answer.
  std::uint32_t common_above(std::uint32_t a, std::uint32_t b) {
    while (a != b) {
      if (walked_++ > most_walked) return 0;
      (level_[a] >= level_[b] ? a : b) = above_[level_[a] >= level_[b] ? a : b];
    }
    return a;
  }

  bool needed_by(std::uint32_t content, std::uint32_t group) const {
    const Span<std::uint32_t> needs = model_.needs[group];
    return std::find(needs.begin(), needs.end(), content) != needs.end();
  }

  // Decides for each living content whether it is a node of its own (and below which component), part of a component
  // (merged_bit), or worthless.
  void place_contents() {
    place_.assign(model_.contents, none);
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      if (alive_.content[k] == 0) continue;
      std::uint32_t below = none;
      bool needed = false;
      for (std::uint32_t g : model_.carriers[k]) {
        if (alive_.group[g] == 0) continue;
        below = below == none ? component_[g] : common_above(below, component_[g]);
        needed = needed || needed_by(k, g);
      }
      bool merged = false;
      for (std::uint32_t g : model_.carriers[k])
        merged = merged || (needed && alive_.group[g] != 0 && component_[g] == below && needed_by(k, g));
      const bool worthless =
          model_.value[k] == 0 && (model_.cost_of(token_dim, k) > 0 || model_.cost_of(char_dim, k) > 0);
      if (merged) {
        place_[k] = below | merged_bit;
      } else if (needed || !worthless) {
        place_[k] = below;
      }
    }
  }

  void number_nodes() {
    // Children of a component: contents first, then components, each in canonical order; the last one pushed is taken
    // first.
    std::vector<std::uint32_t> first_group(count_, none);
    for (std::uint32_t g = model_.groups; g-- > 0;) {
      if (component_[g] != none) first_group[component_[g]] = g;
    }
    Rows by_parent;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;  // parent, child; contents are numbered from count_ on
    for (std::uint32_t c = 1; c < count_; ++c) edges.emplace_back(above_[c], c);
    std::sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : first_group[a.second] > first_group[b.second];
    });
    std::vector<std::uint32_t> contents_of(count_ + 1U, 0), by_component;
    for (std::uint32_t place : place_) {
      if (place < merged_bit) ++contents_of[place + 1];
    }
    for (std::uint32_t c = 0; c < count_; ++c) contents_of[c + 1] += contents_of[c];
    by_component.resize(contents_of.back());
    std::vector<std::uint32_t> next(contents_of.begin(), contents_of.end() - 1);
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      if (place_[k] >= merged_bit || chain_.shorter[k] != none) continue;
      for (std::uint32_t form = k; form != none; form = chain_.longer[form]) by_component[next[place_[k]]++] = form;
    }
    kernel_.nodes = count_ + static_cast<std::uint32_t>(by_component.size());
    kernel_.parent.resize(kernel_.nodes);
    node_of_component_.assign(count_, none);
    kernel_.node_of_content.assign(model_.contents, none);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> stack{{0, 0}};  // component, parent node
    std::uint32_t number = 0;
    while (!stack.empty()) {
      const auto [c, parent] = stack.back();
      stack.pop_back();
      const std::uint32_t node = node_of_component_[c] = number++;
      kernel_.parent[node] = parent;
      for (std::uint32_t i = contents_of[c]; i < contents_of[c + 1]; ++i) {
        const std::uint32_t shorter = chain_.shorter[by_component[i]];
        kernel_.parent[number] = shorter == none ? node : kernel_.node_of_content[shorter];
        kernel_.node_of_content[by_component[i]] = number++;
      }
      auto edge = std::lower_bound(edges.begin(), edges.end(), std::make_pair(c, 0U),
                                   [](const auto& a, const auto& b) { return a.first < b.first; });
      for (; edge != edges.end() && edge->first == c; ++edge) stack.emplace_back(edge->second, node);
    }
  }

  void fill_nodes() {
    const std::uint32_t nodes = kernel_.nodes;
    kernel_.end.resize(nodes);
    for (std::uint32_t u = 0; u < nodes; ++u) kernel_.end[u] = u + 1;
    for (std::uint32_t u = nodes; u-- > 1;)
      kernel_.end[kernel_.parent[u]] = std::max(kernel_.end[kernel_.parent[u]], kernel_.end[u]);
    kernel_.excluded.assign(nodes, 0);
    kernel_.node_of_group.assign(model_.groups, none);
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (component_[g] != none) kernel_.node_of_group[g] = node_of_component_[component_[g]];
    }
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      if (place_[k] != none && place_[k] >= merged_bit)
        kernel_.node_of_content[k] = node_of_component_[place_[k] & ~merged_bit];
    }
    choose_dimensions();
    kernel_.value.assign(nodes, 0);
    kernel_.cost.assign(static_cast<std::size_t>(nodes) * kernel_.dims, 0);
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      const std::uint32_t u = kernel_.node_of_content[k], shorter = chain_.shorter[k];
      if (u == none) continue;
      kernel_.value[u] += model_.value[k] - (shorter == none ? 0 : model_.value[shorter]);
      for (std::uint32_t d = 0; d < kernel_.dims; ++d)
        kernel_.cost[static_cast<std::size_t>(d) * nodes + u] +=
            model_.cost_of(dims_[d], k) - (shorter == none ? 0 : model_.cost_of(dims_[d], shorter));
    }
    kernel_.longer_form.assign(model_.contents, none);
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      if (chain_.longer[k] != none) kernel_.longer_form[k] = kernel_.node_of_content[chain_.longer[k]];
    }
  }

  void choose_dimensions() {
    for (std::uint32_t d = 0; d < model_.dims; ++d) {
      std::uint64_t total = 0;
      for (std::uint32_t k = 0; k < model_.contents; ++k) {
        if (kernel_.node_of_content[k] != none) total += model_.cost_of(d, k);
      }
      if (d >= slot_dim && total <= model_.limit[d]) continue;
      dims_.push_back(d);
      kernel_.limit.push_back(static_cast<std::int64_t>(std::min(total, model_.limit[d])));
    }
    kernel_.dims = static_cast<std::uint32_t>(dims_.size());
  }

  bool is_above(std::uint32_t upper, std::uint32_t lower) const {  // or they are the same
    return upper <= lower && lower < kernel_.end[upper];
  }

  void add_clause(std::uint32_t head, std::vector<std::uint32_t>& members, ClauseKind kind) {
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (std::any_of(members.begin(), members.end(), [&](std::uint32_t m) { return is_above(m, head); })) return;
    if (members.empty()) {
      kernel_.excluded[head] = 1;
      return;
    }
    if (members.size() == 1 && kind == ClauseKind::plain) {
      singles_.emplace_back(head, members[0]);
      return;
    }
    kernel_.clause_head.push_back(head);
    kernel_.kind.push_back(kind);
    kernel_.clauses.items.insert(kernel_.clauses.items.end(), members.begin(), members.end());
    kernel_.clauses.end_row();
  }

  void add_group_rows() {
    std::vector<std::uint32_t> members;
    std::vector<std::vector<std::uint32_t>> entries(count_);  // of a component: the outside groups that refer to it
    std::vector<std::uint32_t> entered;
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (component_[g] == none) continue;
      const std::uint32_t head = kernel_.node_of_group[g];
      auto imply = [&](std::uint32_t node) {
        if (!is_above(node, head)) singles_.emplace_back(head, node);
      };
      for (std::uint32_t c : model_.all[g]) imply(kernel_.node_of_group[c]);
      for (std::uint32_t k : model_.needs[g]) imply(kernel_.node_of_content[k]);
      if (dominators_.idom[g] != none) imply(node_of_component_[component_[dominators_.idom[g]]]);
      for (std::uint32_t row : model_.any_owned[g]) {
        members.clear();
        for (std::uint32_t m : model_.any[row]) {
          if (component_[m] != none) members.push_back(kernel_.node_of_group[m]);
        }
        add_clause(head, members, ClauseKind::plain);
      }
      add_entries(g, entries[component_[g]]);
    }
    for (std::uint32_t c = 1; c < count_; ++c) add_clause(node_of_component_[c], entries[c], ClauseKind::entry);
  }

  // Adds the referrers outside the component and not below it: a way from a root enters through one of them.
  void add_entries(std::uint32_t group, std::vector<std::uint32_t>& entries) const {
    const std::uint32_t node = kernel_.node_of_group[group];
    if (node == 0) return;
    for (std::uint32_t r : model_.referrers[group]) {
      if (component_[r] != none && !is_above(node, kernel_.node_of_group[r]))
        entries.push_back(kernel_.node_of_group[r]);
    }
  }

  void add_content_rows() {
    std::vector<std::uint32_t> members;
    for (std::uint32_t k = 0; k < model_.contents; ++k) {
      if (place_[k] >= merged_bit || model_.carriers[k].size < 2) continue;
      members.clear();
      for (std::uint32_t g : model_.carriers[k]) {
        if (component_[g] != none) members.push_back(kernel_.node_of_group[g]);
      }
      add_clause(kernel_.node_of_content[k], members, ClauseKind::plain);
    }
    std::sort(singles_.begin(), singles_.end());
    singles_.erase(std::unique(singles_.begin(), singles_.end()), singles_.end());
    for (const auto& [head, member] : singles_) {
      kernel_.clause_head.push_back(head);
      kernel_.kind.push_back(ClauseKind::plain);
      kernel_.clauses.items.push_back(member);
      kernel_.clauses.end_row();
    }
  }

  void add_packs() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::uint32_t g = 0; g < model_.groups; ++g) {
      if (component_[g] == none) continue;
      for (std::uint32_t other : model_.conflicts[g]) {
        if (other < g || component_[other] == none) continue;
        const auto pair = std::minmax(kernel_.node_of_group[g], kernel_.node_of_group[other]);
        if (pair.first == pair.second) {
          kernel_.excluded[pair.first] = 1;
        } else {
          pairs.emplace_back(pair);
        }
      }
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    add_cliques(pairs);
    std::vector<std::uint32_t> members;
    for (std::uint32_t set = 0; set < model_.alternatives.size(); ++set) {
      if (chain_.set[set] != 0) continue;
      members.clear();
      for (std::uint32_t k : model_.alternatives[set]) {
        if (kernel_.node_of_content[k] != none) members.push_back(kernel_.node_of_content[k]);
      }
      std::sort(members.begin(), members.end());
      for (std::size_t i = 1; i < members.size(); ++i) {
        if (members[i] == members[i - 1]) kernel_.excluded[members[i]] = 1;
      }
      members.erase(std::unique(members.begin(), members.end()), members.end());
      add_pack(members);
    }
  }

  // Collects conflicting pairs greedily into sets whose members all exclude each other.
  void add_cliques(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
    auto conflict = [&](std::uint32_t a, std::uint32_t b) {
      return std::binary_search(pairs.begin(), pairs.end(), std::pair<std::uint32_t, std::uint32_t>(std::minmax(a, b)));
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
      add_pack(clique);
    }
  }

  // REQUIRES: members ascend. A member below another cannot be in without it.
  void add_pack(const std::vector<std::uint32_t>& members) {
    std::uint32_t kept = 0;
    for (std::uint32_t u : members) {
      if (kernel_.excluded[u] != 0) continue;
      if (std::any_of(members.begin(), members.end(), [&](std::uint32_t o) { return o < u && is_above(o, u); })) {
        kernel_.excluded[u] = 1;
        continue;
      }
      kernel_.packs.items.push_back(u);
      ++kept;
    }
    if (kept > 1) {
      kernel_.packs.end_row();
    } else {
      kernel_.packs.items.resize(kernel_.packs.items.size() - kept);
    }
  }

  static constexpr std::uint64_t most_walked = 4'000'000;

  const Model& model_;
  const Alive& alive_;
  Dominators dominators_;
  std::uint32_t count_ = 0;                               // number of components
  std::vector<std::uint32_t> component_, above_, level_;  // of a group; parent and depth of a component
  Chains chain_;
  std::vector<std::uint32_t> place_;  // of a content: its component, merged or as parent
  std::vector<std::uint32_t> node_of_component_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> singles_;  // head, the one member
  std::vector<std::uint32_t> dims_;                               // the model's number for each dimension
  std::uint64_t walked_ = 0;
  Kernel kernel_;
};

}  // namespace

Kernel build_kernel(const Model& model, const Alive& alive) { return Builder(model, alive).build(); }

}  // namespace cascade::budget
