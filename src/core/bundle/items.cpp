// Turns the chosen manifests into the packer's groups: first their texts, then the relations between them (conflicts,
// requirements, references), then what depends on these: names, asked cards, files, quotes. The order is the order of
// the bundle.
#include "bundle/items.h"

#include <cascade/registry.h>
#include <cascade/resolve.h>

#include "bundle/file_nodes.h"
#include "bundle/names.h"
#include "bundle/part.h"
#include "bundle/quotes.h"
#include "bundle/text_nodes.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

namespace cascade::bundle {
namespace {

// Walks breadth first from the roots and ranks each manifest by when it is first called. The calls of one manifest are
// sorted first: those in a procedure, then the rest of the text, then the front matter, each by line. Then manifests
// are sorted by layer and rank. Sorting by name instead would tear a playbook's steps apart.

// The roots first, in canonical order; then by layer, and within a layer in the order of calls: by the procedure of
// the first manifest that calls them, line by line, then by the rest of its text, then by its front matter. So a
// playbook's skills follow its chain, and agents the steps.
struct Ordered {
  Selected selected;
  std::uint32_t place = 0;  // how many of the same distance are called before it, of whatever layer; 0 for a root
};

class CallOrder {
 public:
  CallOrder(const Registry& registry, const std::vector<Selected>& selected) : registry_(registry) {
    for (std::size_t i = 0; i < selected.size(); ++i) place_[selected[i].id] = i;
    rank_.assign(selected.size(), selected.size());
    for (const Selected& root : selected)
      if (root.distance == 0) enter(root.id);
    for (std::size_t at = 0; at < queue_.size(); ++at)
      if (!selected[place_.at(queue_[at])].card_only) follow(queue_[at]);
  }

  std::size_t rank(std::size_t place) const { return rank_[place]; }

  // The queue is sorted by distance, so those of one distance stand together in it. A member of a list of which one is
  // required is called by nobody and comes last.
  std::vector<std::uint32_t> places(const std::vector<Selected>& selected) const {
    std::vector<std::uint32_t> places(selected.size(), 0), of_distance;
    const auto take = [&](std::size_t at) {
      const std::uint32_t distance = selected[at].distance;
      if (distance == 0) return;
      if (of_distance.size() <= distance) of_distance.resize(distance + 1, 0);
      places[at] = of_distance[distance]++;
    };
    for (const ManifestId id : queue_) take(place_.at(id));
    for (std::size_t at = 0; at < selected.size(); ++at)
      if (rank_[at] == selected.size()) take(at);
    return places;
  }

 private:
  struct Call {
    int group;  // 0: in a procedure, 1: elsewhere in the text, 2: in the front matter
    std::uint32_t line, column;
    ManifestId to;
  };

  void enter(ManifestId id) {
    const auto found = place_.find(id);
    if (found == place_.end() || rank_[found->second] != rank_.size()) return;
    rank_[found->second] = queue_.size();
    queue_.push_back(id);
  }

  void follow(ManifestId id) {
    const std::vector<Part> parts = parts_of(registry_, id);
    const std::uint32_t sections = registry_.whole_sections(id);
    std::vector<Call> calls;
    for (const Link& link : registry_.links(id)) {
      if (place_.count(link.to) == 0) continue;
      calls.push_back({group_of(id, link, sections, parts), link.line, link.column, link.to});
    }
    std::stable_sort(calls.begin(), calls.end(), [](const Call& a, const Call& b) {
      return std::tie(a.group, a.line, a.column) < std::tie(b.group, b.line, b.column);
    });
    for (const Call& call : calls) enter(call.to);
  }

  // Sections are in the order of their lines, so the one with the link is found by halves.
  int group_of(ManifestId id, const Link& link, std::uint32_t sections, const std::vector<Part>& parts) const {
    if (link.via == Via::frontmatter || sections == 0 || link.line < registry_.section(id, 0).line) return 2;
    std::uint32_t low = 0, high = sections;  // the last section that begins at or before the line
    while (high - low > 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      (registry_.section(id, middle).line <= link.line ? low : high) = middle;
    }
    return parts[low] == Part::procedure ? 0 : 1;
  }

  const Registry& registry_;
  std::map<ManifestId, std::size_t> place_;
  std::vector<std::size_t> rank_;
  std::vector<ManifestId> queue_;
};

std::vector<Ordered> in_order(const Registry& registry, const std::vector<Selected>& selected) {
  const CallOrder calls(registry, selected);
  const std::vector<std::uint32_t> places = calls.places(selected);
  std::vector<std::size_t> order(selected.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) {
    const bool root = selected[i].distance == 0;
    return std::make_tuple(!root, root ? Layer::playbook : registry[selected[i].id].layer, root ? i : calls.rank(i), i);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<Ordered> out;
  out.reserve(order.size());
  for (const std::size_t i : order) out.push_back({selected[i], places[i]});
  return out;
}

// Adds the relations between the nodes of one manifest and those of others.
class Relations {
 public:
  Relations(const Registry& registry, const BundleRequest& request, Items& items)
      : registry_(registry), request_(request), items_(items) {
    for (std::uint32_t i = 0; i < items.texts.size(); ++i) text_of_[items.texts[i].id] = i;
  }

  void add_all() {
    const std::size_t texts = items_.texts.size();
    for (std::size_t i = 0; i < texts; ++i) add_links(items_.texts[i]);
  }

 private:
  PackingGroup& group(std::uint32_t node) { return items_.problem.groups[node]; }

  std::uint32_t card_of(ManifestId id) const {
    const auto found = text_of_.find(id);
    return found == text_of_.end() ? no_node : items_.texts[found->second].card;
  }

  static void add(std::vector<std::uint32_t>& nodes, std::uint32_t node) {
    if (node != no_node && std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
  }

  // Only manifests taken in full refer to others: a card does not show its manifest's references.
  void add_links(const Text& text) {
    for (const ManifestId other : registry_.conflicts(text.id)) add(group(text.card).conflicts, card_of(other));
    if (text.opening == no_node) return;
    PackingGroup& from = group(text.opening);
    for (const Link& link : registry_.links(text.id)) {
      const std::uint32_t to = card_of(link.to);
      if (link.strength > request_.follow || to == no_node) continue;
      add(link.strength == Strength::required ? from.requires_all : from.refs, to);
      if (items_.nodes[to].up == no_node) items_.nodes[to].up = text.opening;
    }
    for (const Span<ManifestId> any : registry_.requires_any(text.id)) {
      std::vector<std::uint32_t> members;
      for (const ManifestId member : any) add(members, card_of(member));
      if (!members.empty()) from.requires_any.push_back(std::move(members));
    }
  }

  const Registry& registry_;
  const BundleRequest& request_;
  Items& items_;
  std::map<ManifestId, std::uint32_t> text_of_;
};

}  // namespace

Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter) {
  Items items;
  items.problem.budget = request.budget;
  TextNodes texts(registry, request, counter, items);
  for (const auto& [selected, place] : in_order(registry, request.resolution.selected)) texts.add(selected, place);
  Relations(registry, request, items).add_all();
  add_names(registry, request, counter, items);
  for (const std::uint32_t root : items.problem.roots)
    for (const std::uint32_t card : texts.asked_cards())
      if (items.nodes[card].up == items.texts.front().opening || items.problem.roots.size() == 1)
        items.problem.groups[root].requires_all.push_back(card);
  add_files(registry, request, counter, items);
  add_quotes(request, counter, items);
  return items;
}

}  // namespace cascade::bundle
