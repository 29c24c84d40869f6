// Reduces the model to a tree of yes-or-no nodes, in these steps: (1) compute dominators of the living groups and
// merge groups that imply each other into components; a component's parent is its deepest dominator, which every
// selection with the component also holds. (2) Place each content in a component (if it always comes with it), as a
// node of its own below the deepest component that all its carriers imply, or nowhere (if it is worthless); both in
// component_tree.h. (3) Number the nodes in preorder. (4) Sum up what each is worth and costs. (5) Write down as
// clauses and packs only what the tree does not imply already (extra_rows.h). The tree carries most of the structure
// for free: the relaxation solves it exactly in one pass, while each row needs a price and makes the bound weaker.
#include "budget/kernel.h"

#include "budget/chains.h"
#include "budget/component_tree.h"
#include "budget/extra_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cascade::budget {
namespace {

// The nodes in preorder. `of_content`: none for a content that is no node of its own.
struct Numbering {
  std::vector<std::uint32_t> parent, of_component, of_content;
};

// The child components of each component, in canonical order from the last to the first.
Rows child_components(const Model& model, const ComponentTree& tree) {
  std::vector<std::uint32_t> first_group(tree.count, none);
  for (std::uint32_t g = model.groups; g-- > 0;) {
    if (tree.component[g] != none) first_group[tree.component[g]] = g;
  }
  std::vector<std::uint32_t> order(tree.count - 1);  // without the start's
  std::iota(order.begin(), order.end(), 1U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
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
  for (std::uint32_t place : places) {
    if (place < merged_bit) ++children.begin[place + 1];
  }
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
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (tree.component[g] != none) kernel.node_of_group[g] = nodes.of_component[tree.component[g]];
  }
  kernel.node_of_content = nodes.of_content;
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (places[k] != none && places[k] >= merged_bit)
      kernel.node_of_content[k] = nodes.of_component[places[k] & ~merged_bit];
  }
  return kernel;
}

// Sets the limits of the dimensions that count: tokens, chars, and the slots that can overflow. Returns the model's
// number for each.
std::vector<std::uint32_t> choose_dimensions(const Model& model, Kernel& kernel) {
  std::vector<std::uint32_t> dims;
  for (std::uint32_t d = 0; d < model.dims; ++d) {
    std::uint64_t total = 0;
    for (std::uint32_t k = 0; k < model.contents; ++k) {
      if (kernel.node_of_content[k] != none) total += model.cost_of(d, k);
    }
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
  for (std::uint32_t k = 0; k < model.contents; ++k) {
    if (chains.longer[k] != none) kernel.longer_form[k] = kernel.node_of_content[chains.longer[k]];
  }
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

}  // namespace cascade::budget
