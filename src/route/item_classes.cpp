#include "route/item_classes.h"

#include <algorithm>
#include <map>

namespace cascade::route {
namespace {

std::vector<std::uint32_t> signs_of(const PatternTables& tables, const ItemRecord& item) {
  std::vector<std::uint32_t> signs(tables.alternatives.begin() + item.alternatives,
                                   tables.alternatives.begin() + item.alternatives + item.count);
  std::sort(signs.begin(), signs.end());
  signs.erase(std::unique(signs.begin(), signs.end()), signs.end());
  return signs;
}

}  // namespace

ItemClassesData classify_items(const PatternTables& tables, const std::vector<std::uint8_t>& wanted) {
  ItemClassesData out;
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  std::vector<std::vector<std::uint32_t>> classes_of(tables.anchors_by_sign.size);
  for (const ItemRecord& item : tables.items) {
    const std::vector<std::uint32_t> signs = signs_of(tables, item);
    const auto number = static_cast<std::uint32_t>(ItemClasses::never + 1 + known.size());
    const auto [found, added] = known.emplace(signs, number);
    out.by_item.push_back(found->second);
    if (!added) continue;
    for (const std::uint32_t sign : signs) classes_of[sign].push_back(number);
  }
  for (const std::vector<std::uint32_t>& classes : classes_of) {
    out.by_sign.push_back({static_cast<std::uint32_t>(out.classes.size()), static_cast<std::uint32_t>(classes.size())});
    out.classes.insert(out.classes.end(), classes.begin(), classes.end());
  }
  for (const std::uint32_t id : tables.anchors) {
    const PatternRecord& pattern = tables.patterns[id];
    const ItemRecord* fewest = nullptr;
    std::uint32_t needed = wanted[id] != 0 ? ItemClasses::always : ItemClasses::never;
    for (std::uint32_t i = pattern.items; wanted[id] != 0 && i < pattern.items + pattern.item_count; ++i) {
      const ItemRecord& item = tables.items[i];
      if (i == pattern.items + pattern.anchor || item.absent != 0) continue;
      if (fewest != nullptr && fewest->count <= item.count) continue;
      fewest = &item;
      needed = out.by_item[i];
    }
    out.by_anchor.push_back(needed);
  }
  return out;
}

}  // namespace cascade::route
