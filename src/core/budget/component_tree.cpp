// A component's dominators are in every selection with it, so its deepest one is its parent. Implication is more than
// dominance: a group also implies what it requires, and groups that imply each other round a circle are one component.
#include "budget/component_tree.h"

#include "budget/components.h"
#include "budget/dominators.h"

#include <algorithm>

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
      for (std::uint32_t c : model.out[g]) {
        if (alive.group[c] != 0) successors.items.push_back(c);
      }
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

bool needed_by(const Model& model, std::uint32_t content, std::uint32_t group) {
  const Span<std::uint32_t> needs = model.needs[group];
  return std::find(needs.begin(), needs.end(), content) != needs.end();
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
      needed = needed || needed_by(model, k, g);
    }
    bool merged = false;
    for (std::uint32_t g : model.carriers[k])
      merged = merged || (needed && alive.group[g] != 0 && tree.component[g] == below && needed_by(model, k, g));
    const bool worthless = model.value[k] == 0 && (model.cost_of(token_dim, k) > 0 || model.cost_of(char_dim, k) > 0);
    if (merged) {
      places[k] = below | merged_bit;
    } else if (needed || !worthless) {
      places[k] = below;
    }
  }
  return places;
}

}  // namespace cascade::budget
