#include "syntax/node.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

// A key that is itself a list or map never equals another.
bool is_scalar(const Node& node) noexcept { return node.kind != NodeKind::list && node.kind != NodeKind::map; }

}  // namespace

const Node* Node::find(std::string_view name) const noexcept {
  if (kind != NodeKind::map) return nullptr;
  for (std::size_t i = size(); i-- > 0;)
    if (is_scalar(key(i)) && key(i).text == name) return &value(i);
  return nullptr;
}

void report_duplicates(const Node& map, std::vector<Fault>& faults) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < map.size(); ++i)
    if (is_scalar(map.key(i))) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&map](std::size_t a, std::size_t b) { return map.key(a).text < map.key(b).text; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Node& earlier = map.key(order[i - 1]);
    const Node& later = map.key(order[i]);
    if (earlier.text != later.text) continue;
    faults.push_back({FaultKind::duplicate_key, later.at,
                      "key \"" + later.text + "\" is already given on line " + std::to_string(earlier.at.line)});
  }
}

}  // namespace cascade::syntax
