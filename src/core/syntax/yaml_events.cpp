// The events of one document, flat, with the range of each anchor. Aliases are expanded last and paid for before
// anything is copied: their sizes follow from the events alone, so a text whose aliases would grow without bound costs
// no more than any other. Merge keys are applied to the finished tree.
#include "syntax/yaml_events.h"

#include "syntax/tree.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace cascade::syntax {
namespace {

constexpr std::size_t bytes_per_node = 256;

bool is_merge_key(const Node& key) noexcept { return key.kind == NodeKind::string && !key.quoted && key.text == "<<"; }

bool holds_maps(const Node& value) noexcept {
  if (value.kind == NodeKind::map) return true;
  return value.kind == NodeKind::list && !value.items.empty() &&
         std::all_of(value.items.begin(), value.items.end(), [](const Node& n) { return n.kind == NodeKind::map; });
}

// Replaces the entries `<<: map` and `<<: [map, map]`; the map's own entries and earlier maps take precedence. The
// entries of later maps come first.
void apply_merge_keys(Node& map, std::vector<Fault>& faults) {
  std::vector<Node> merged, own;
  for (std::size_t i = 0; i < map.size(); ++i) {
    Node &key = map.items[2 * i], &value = map.items[2 * i + 1];
    if (!is_merge_key(key) || !holds_maps(value)) {
      own.push_back(std::move(key));
      own.push_back(std::move(value));
      continue;
    }
    faults.push_back({FaultKind::merge_key, key.at, "merge key <<"});
    if (value.kind == NodeKind::map)
      merged.push_back(std::move(value));
    else
      std::move(value.items.begin(), value.items.end(), std::back_inserter(merged));
  }
  map.items.clear();
  std::set<std::string, std::less<>> taken;
  for (std::size_t i = 0; i < own.size(); i += 2) taken.insert(own[i].text);
  std::vector<std::vector<Node>> added(merged.size());
  for (std::size_t n = 0; n < merged.size(); ++n) {
    std::vector<std::string> names;  // a map may give one key twice
    for (std::size_t i = 0; i < merged[n].size(); ++i) {
      if (taken.count(merged[n].key(i).text) != 0) continue;
      names.push_back(merged[n].key(i).text);
      added[n].push_back(std::move(merged[n].items[2 * i]));
      added[n].push_back(std::move(merged[n].items[2 * i + 1]));
    }
    taken.insert(names.begin(), names.end());
  }
  for (std::size_t n = added.size(); n-- > 0;)
    std::move(added[n].begin(), added[n].end(), std::back_inserter(map.items));
  std::move(own.begin(), own.end(), std::back_inserter(map.items));
}

bool has_merge_key(const Node& map) noexcept {
  for (std::size_t i = 0; i < map.size(); ++i)
    if (is_merge_key(map.key(i)) && holds_maps(map.value(i))) return true;
  return false;
}

// The recursion is as deep as the tree, which TreeBuilder limits.
void apply_all_merge_keys(Node& node, std::vector<Fault>& faults) {
  if (node.kind == NodeKind::map && has_merge_key(node)) apply_merge_keys(node, faults);
  for (Node& item : node.items) apply_all_merge_keys(item, faults);
}

std::string cut_message(const Node* parent) {
  if (parent == nullptr || parent->kind != NodeKind::map || parent->items.size() % 2 == 0)
    return "a value ends at ' #'";
  return "the value of \"" + parent->items.back().text + "\" ends at ' #'";
}

}  // namespace

void YamlEvents::scalar(Node node, Anchor anchor, std::optional<Position> cut_at) {
  if (anchor != 0) anchors_[anchor] = {events_.size(), events_.size() + 1};
  events_.push_back({Event::Type::scalar, anchor, std::move(node), cut_at});
  ++nodes_;
}

void YamlEvents::alias(Position at, Anchor anchor) {
  Node node;
  node.at = node.end = at;
  events_.push_back({Event::Type::alias, anchor, std::move(node), std::nullopt});
  ++nodes_;
}

void YamlEvents::open(NodeKind kind, Position at, Anchor anchor) {
  Node node;
  node.kind = kind;
  node.at = node.end = at;
  if (anchor != 0) anchors_[anchor] = {events_.size(), 0};
  open_.push_back(anchor);
  events_.push_back({Event::Type::open, anchor, std::move(node), std::nullopt});
  ++nodes_;
}

void YamlEvents::close() {
  events_.push_back({Event::Type::close, 0, {}, std::nullopt});
  if (open_.back() != 0) anchors_[open_.back()].end = events_.size();
  open_.pop_back();
}

YamlEvents::Range YamlEvents::range_of(Anchor anchor) const {
  const auto found = anchors_.find(anchor);
  return found == anchors_.end() ? Range{} : found->second;
}

// Computes how many events precede each event once aliases are expanded; an alias counts at most `limit` + 1. An alias
// names an anchor that ends before it, so one pass is enough; an alias inside its own anchor counts 1. A long scalar
// counts as several, so that the bytes copied by aliases are bounded too.
std::vector<std::size_t> YamlEvents::sizes_before(std::size_t limit) const {
  std::vector<std::size_t> before(events_.size() + 1, 0);
  for (std::size_t i = 0; i < events_.size(); ++i) {
    std::size_t size = 1 + events_[i].node.text.size() / bytes_per_node;
    if (events_[i].type == Event::Type::alias) {
      const Range range = range_of(events_[i].anchor);
      if (range.end <= i) size = std::min(before[range.end] - before[range.begin], limit + 1);
    }
    before[i + 1] = before[i] + size;
  }
  return before;
}

// Returns the events that the alias at `index` expands to, `size` of them; nothing if it contains itself or exceeds
// the budget, with a fault the first time. Inside another alias' value the size is 0: it was paid for and reported
// already.
std::optional<YamlEvents::Range> YamlEvents::expand(std::size_t index, std::size_t size, std::size_t& budget,
                                                    std::vector<Fault>& faults, bool& whole) const {
  const Range range = range_of(events_[index].anchor);
  const Position at = events_[index].node.at;
  if (range.end == 0 || range.end > index) {
    if (size > 0) faults.push_back({FaultKind::aliases, at, "an alias stands for a value that holds it"});
    return std::nullopt;
  }
  if (size <= budget) {
    budget -= size;
    return range;
  }
  // Reports the first alias: the growth begins there, while the limit may be reached anywhere.
  if (whole) faults.push_back({FaultKind::aliases, first_alias(), "aliases stand for too many values"});
  whole = false;
  return std::nullopt;
}

Position YamlEvents::first_alias() const {
  const auto found =
      std::find_if(events_.begin(), events_.end(), [](const Event& event) { return event.type == Event::Type::alias; });
  return found == events_.end() ? Position{} : found->node.at;
}

bool YamlEvents::add(const Event& event, const std::optional<Position>& place, TreeBuilder& tree,
                     std::vector<Fault>& faults) {
  if (event.type == Event::Type::close) {
    tree.close(place.value_or(tree.top()->end));
    return true;
  }
  if (event.type == Event::Type::open) return tree.open(event.node.kind, place.value_or(event.node.at));
  Node node = event.node;
  if (place) node.at = node.end = *place;
  if (event.cut_at && !place) faults.push_back({FaultKind::comment_cut, *event.cut_at, cut_message(tree.top())});
  return tree.add(std::move(node));
}

Node YamlEvents::build(const NodeLimits& limits, std::vector<Fault>& faults, bool& whole) const {
  TreeBuilder tree(limits, faults);
  const std::vector<std::size_t> before = sizes_before(limits.alias_nodes);
  std::size_t budget = limits.alias_nodes;
  std::vector<Frame> frames{{0, events_.size(), std::nullopt}};
  while (!frames.empty()) {
    if (frames.back().at == frames.back().end) {
      frames.pop_back();
      continue;
    }
    const std::size_t index = frames.back().at++;
    const std::optional<Position> place = frames.back().place;
    const Event& event = events_[index];
    if (event.type == Event::Type::alias) {
      const std::size_t size = place ? 0 : before[index + 1] - before[index];
      const std::optional<Range> range = expand(index, size, budget, faults, whole);
      if (range) {
        frames.push_back({range->begin, range->end, place ? place : event.node.at});
        continue;
      }
    }
    if (!add(event, place, tree, faults)) {
      whole = false;
      break;
    }
  }
  Node root = tree.take();
  apply_all_merge_keys(root, faults);
  return root;
}

}  // namespace cascade::syntax
