// Texts that the caller brings along, such as facts from memory, packed with the manifests. Each is a node that every
// root refers to, and needs the heading of its group, which is paid once. They come last in the items, so emitting
// walks the end of the list.
#include "bundle/quotes.h"

namespace cascade::bundle {
namespace {

// Returns the first node of a quote or its heading; all nodes after it are too.
std::size_t first_of(const Items& items) {
  std::size_t first = 0;
  while (first < items.nodes.size() && items.nodes[first].role != Role::heading) ++first;
  return first;
}

std::uint32_t lacking(std::uint32_t limit, std::uint64_t taken) {
  return limit == unlimited || taken <= limit ? 0 : static_cast<std::uint32_t>(taken - limit);
}

}  // namespace

void add_quotes(const BundleRequest& request, const TokenCounter& counter, Items& items) {
  std::uint32_t heading = no_node;
  const std::string* last = nullptr;
  for (const Quote& quote : request.quotes) {
    if (last == nullptr || *last != quote.heading) {
      Node node;
      node.role = Role::heading;
      node.form = Form::name;
      node.text = quote.heading;
      node.cost = counter.count(node.text);
      heading = add_node(items, std::move(node));
      last = &quote.heading;
    }
    Node node;
    node.role = Role::quote;
    node.form = Form::section;
    node.content_hash = quote.content_hash;
    node.value = quote.value;
    node.text = quote.text;
    node.cost = counter.count(node.text);
    const std::uint32_t number = add_node(items, std::move(node));
    items.problem.groups[number].requires_all.push_back(heading);
    for (const std::uint32_t root : items.problem.roots) items.problem.groups[root].refs.push_back(number);
  }
}

void emit_quotes(const BundleRequest& request, const Items& items, const Packing& packing,
                 const std::vector<std::uint8_t>& chosen, Bundle& bundle) {
  if (request.quotes.empty()) return;
  std::size_t next = 0;
  const Node* heading = nullptr;
  bool heading_shown = false;
  for (std::size_t number = first_of(items); number < items.nodes.size(); ++number) {
    const Node& node = items.nodes[number];
    if (node.role == Role::heading) {
      heading = &node;
      heading_shown = false;
      continue;
    }
    QuotedPiece piece{request.quotes[next++].name, node.text, node.content_hash, node.value, node.cost, {}};
    if (chosen[number] == 0) {
      const Budget& budget = request.budget;
      Cost needed = piece.cost;
      if (!heading_shown) needed += heading->cost;
      needed += packing.cost + budget.reserve;
      piece.shortfall = {lacking(budget.limit.tokens, needed.tokens), lacking(budget.limit.chars, needed.chars)};
      bundle.left_quotes.push_back(std::move(piece));
      continue;
    }
    if (!heading_shown) {
      piece.text = heading->text + piece.text;
      piece.cost += heading->cost;
      heading_shown = true;
    }
    bundle.quotes.push_back(std::move(piece));
  }
}

}  // namespace cascade::bundle
