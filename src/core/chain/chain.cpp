// Reads the three keys and checks them against the steps that exist.
#include "chain/chain.h"

#include <algorithm>

namespace cascade::chain {
namespace {

bool contains(const std::vector<std::uint32_t>& steps, std::uint32_t step) {
  return std::find(steps.begin(), steps.end(), step) != steps.end();
}

// Only for an order that was read without a fault: the tree of another is not complete.
void find_places(const Node& node, const std::vector<std::uint32_t>& steps, std::vector<Fault>& faults) {
  if (node.kind == Node::Kind::step && !contains(steps, node.step))
    faults.push_back({node.at, "there is no step " + std::to_string(node.step), "a row of the table below Chain"});
  for (const Node& item : node.items) find_places(item, steps, faults);
}

Fault no_step(std::size_t at, std::uint32_t step) {
  return {at, "there is no step " + std::to_string(step), "a step of the chain"};
}

}  // namespace

// An order with any fault is dropped as a whole and the table's own order holds: to follow half an order would skip
// steps. Exits and branches stand alone, so only those with a fault are dropped.
Chain read_chain(const Keys& keys, const std::vector<std::uint32_t>& steps, KeyFaults& faults) {
  Chain chain;
  chain.order = read_order(keys.order, faults.order);
  const std::vector<std::uint32_t> ordered = steps_of(chain.order);
  if (ordered.empty() && faults.order.empty()) {
    chain.order = linear(steps);
  } else if (faults.order.empty()) {
    find_places(chain.order, steps, faults.order);
    // A step that is left out has no byte in the text, so its fault is placed at the beginning.
    for (const std::uint32_t step : steps)
      if (!contains(ordered, step))
        faults.order.push_back(
            {0, "step " + std::to_string(step) + " of the table is not in the chain", "name every step once"});
  }
  if (!faults.order.empty()) chain.order = linear(steps);
  for (Exit& exit : read_exits(keys.exits, faults.exits))
    if (contains(steps, exit.step))
      chain.exits.push_back(std::move(exit));
    else
      faults.exits.push_back(no_step(exit.at, exit.step));
  for (Branch& branch : read_branches(keys.branches, faults.branches))
    if (!contains(steps, branch.step))
      faults.branches.push_back(no_step(branch.at, branch.step));
    else if (branch.to && !contains(steps, *branch.to))
      faults.branches.push_back(no_step(branch.at, *branch.to));
    else
      chain.branches.push_back(std::move(branch));
  return chain;
}

}  // namespace cascade::chain
