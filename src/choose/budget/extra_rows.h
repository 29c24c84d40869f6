// The clauses and packs that the kernel's tree does not imply.
#pragma once

#include "budget/chains.h"
#include "budget/component_tree.h"
#include "budget/kernel.h"
#include "budget/model.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// What the nodes of a kernel stand for.
struct NodeSources {
  const ComponentTree& tree;
  const Places& places;
  const Chains& chains;
  const std::vector<std::uint32_t>& node_of_component;
};

// Sets the kernel's clauses and packs, and excludes the nodes that contradict themselves. REQUIRES: `nodes`, `end`,
// `excluded`, `node_of_group` and `node_of_content` are set.
void add_extra_rows(const Model& model, const NodeSources& sources, Kernel& kernel);

}  // namespace cascade::budget
