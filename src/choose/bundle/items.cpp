// Turns the chosen manifests into the packer's groups: first their texts, then the relations between them (conflicts,
// requirements, references), then what depends on these: names, asked cards, files, quotes. The order is the order of
// the bundle.
#include "bundle/items.h"

#include "bundle/file_nodes.h"
#include "bundle/names.h"
#include "bundle/order.h"
#include "bundle/quotes.h"
#include "bundle/text_nodes.h"

#include <algorithm>
#include <map>

namespace cascade::bundle {
namespace {

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
