#include "syntax/node.h"

#include <algorithm>
#include <tuple>
#include <utility>

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
  std::ranges::stable_sort(order, [&map](std::size_t a, std::size_t b) { return map.key(a).text < map.key(b).text; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Node& earlier = map.key(order[i - 1]);
    const Node& later = map.key(order[i]);
    if (earlier.text != later.text) continue;
    faults.push_back({FaultKind::duplicate_key, later.at,
                      "key \"" + later.text + "\" is already given on line " + std::to_string(earlier.at.line)});
  }
}

// A node is built on a stack and moved into its parent when it is closed. So a document that a limit cut short is still
// a tree: take() closes what is open.
bool TreeBuilder::count(Position at) {
  const bool fits = nodes_ < limits_.nodes;
  if (!fits) faults_.push_back({FaultKind::size, at, "more than " + std::to_string(limits_.nodes) + " values"});
  nodes_ += fits ? 1 : 0;
  return fits;
}

bool TreeBuilder::open(NodeKind kind, Position at) {
  if (open_.size() >= limits_.depth) {
    faults_.push_back({FaultKind::depth, at, "nested deeper than " + std::to_string(limits_.depth) + " levels"});
    return false;
  }
  if (!count(at)) return false;
  open_.push_back({kind, {}, false, at, at, {}});
  return true;
}

bool TreeBuilder::add(Node scalar) {
  if (!count(scalar.at)) return false;
  place(std::move(scalar));
  return true;
}

void TreeBuilder::close(Position end) {
  Node node = std::move(open_.back());
  open_.pop_back();
  node.end = end;
  if (node.kind == NodeKind::map) {
    if (node.items.size() % 2 != 0) node.items.emplace_back();  // only if it was cut short
    report_duplicates(node, faults_);
  }
  place(std::move(node));
}

void TreeBuilder::place(Node node) {
  if (open_.empty())
    root_ = std::move(node);
  else
    open_.back().items.push_back(std::move(node));
}

// An open node will stand behind the items that its parent has so far.
TreeBuilder::Way TreeBuilder::way() const {
  Way way;
  for (const Node& open : open_) way.push_back(static_cast<std::uint32_t>(open.items.size()));
  if (!way.empty()) --way.back();
  return way;
}

const Node& TreeBuilder::at(const Way& way) const {
  const Node* open = open_.data();
  const Node* at = open_.empty() ? &root_ : open;
  for (const std::uint32_t item : way) at = item < at->items.size() ? &at->items[item] : ++open;
  return *at;
}

Node TreeBuilder::take() {
  while (!open_.empty()) close(open_.back().end);
  return std::move(root_);
}

void sort_by_position(std::vector<Fault>& faults) {
  std::ranges::stable_sort(faults, [](const Fault& a, const Fault& b) {
    return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
  });
}

}  // namespace cascade::syntax
