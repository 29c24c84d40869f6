// Items with the same signs share a class, so that a sentence is tested once for a class and not for every item. Each
// anchor keeps the class of its pattern's item with the fewest signs: a sentence without it cannot hold the pattern.
#include "route/build/item_classes.h"

#include <algorithm>
#include <limits>
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

// Only items next to an anchor are tested: all others are in the class that every sentence meets.
ItemClassesData classify_items(const PatternTables& tables, const std::vector<std::uint8_t>& wanted) {
  ItemClassesData out;
  out.by_item.assign(tables.items.size, ItemClasses::always);
  std::vector<std::uint32_t> needed(tables.patterns.size, ItemClasses::never);
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  std::vector<std::vector<std::uint32_t>> classes_of(tables.anchors_by_sign.size);
  for (std::size_t p = 0; p < tables.patterns.size; ++p) {
    if (wanted[p] == 0) continue;
    const PatternRecord& pattern = tables.patterns[p];
    needed[p] = ItemClasses::always;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (std::uint32_t i = 0; i < pattern.item_count; ++i) {
      const ItemRecord& item = tables.items[pattern.items + i];
      if (i == pattern.anchor || item.absent != 0) continue;
      const std::vector<std::uint32_t> signs = signs_of(tables, item);
      const auto next = static_cast<std::uint32_t>(ItemClasses::never + 1 + known.size());
      const auto [found, added] = known.emplace(signs, next);
      for (const std::uint32_t sign : signs)
        if (added) classes_of[sign].push_back(next);
      out.by_item[pattern.items + i] = found->second;
      if (signs.size() < fewest) needed[p] = found->second;
      fewest = std::min(fewest, signs.size());
    }
  }
  for (const std::vector<std::uint32_t>& classes : classes_of) {
    out.by_sign.push_back({static_cast<std::uint32_t>(out.classes.size()), static_cast<std::uint32_t>(classes.size())});
    out.classes.insert(out.classes.end(), classes.begin(), classes.end());
  }
  for (const std::uint32_t id : tables.anchors) out.by_anchor.push_back(needed[id]);
  return out;
}

}  // namespace cascade::route
