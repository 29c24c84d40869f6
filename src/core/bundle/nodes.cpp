#include "bundle/nodes.h"

#include "manifest/mark.h"

#include <utility>

namespace cascade::bundle {
namespace {

Cost beyond(const Cost& whole, const Cost& part) {
  return {whole.tokens > part.tokens ? whole.tokens - part.tokens : 0,
          whole.chars > part.chars ? whole.chars - part.chars : 0};
}

}  // namespace

std::uint64_t hash_of(std::uint64_t content_hash, Form form) noexcept {
  if (form == Form::card || form == Form::lead || form == Form::section) return content_hash;
  return content_hash ^ (0x9E3779B97F4A7C15ULL * (static_cast<std::uint64_t>(form) + 1));
}

std::string item_of(const Registry& registry, ManifestId id, std::uint32_t section, std::uint32_t further) {
  const std::uint32_t number = registry.section(id, section).shorter_of;
  const std::string_view heading = registry.section(id, number).heading;
  const std::uint32_t whole = registry.whole_sections(id);
  std::size_t alike = 0;
  for (std::uint32_t i = 0; i < whole; ++i) alike += registry.section(id, i).heading == heading ? 1 : 0;
  return manifest::section_item(symbol_of(registry[id]), heading, alike == 1, number, further);
}

std::uint32_t names_node(Items& items, ManifestId id, const TokenCounter& counter) {
  if (items.names != no_node) return items.names;
  Node node;
  node.role = Role::names;
  node.id = id;
  node.form = Form::name;
  node.text = "=== not here; cascade show NAME ===\n";
  node.cost = counter.count(node.text);
  return items.names = add_node(items, std::move(node));
}

std::uint32_t add_node(Items& items, Node node) {
  PackingItem item;
  item.value = node.value;
  item.cost = node.cost;
  const auto number = static_cast<std::uint32_t>(items.nodes.size());
  if (node.shorter != no_node) {
    const Node& shorter = items.nodes[node.shorter];
    item.value = node.value > shorter.value ? node.value - shorter.value : 0;
    item.cost = beyond(node.cost, shorter.cost);
  }
  PackingGroup group;
  group.items.push_back(item);
  items.problem.groups.push_back(std::move(group));
  if (node.up != no_node) items.problem.groups[node.up].refs.push_back(number);
  items.nodes.push_back(std::move(node));
  return number;
}

}  // namespace cascade::bundle
