#include "bundle/items.h"

#include "bundle/file_nodes.h"
#include "bundle/order.h"
#include "bundle/quotes.h"
#include "bundle/text_nodes.h"

#include <algorithm>
#include <map>
#include <set>

namespace cascade::bundle {
namespace {

// Adds what the nodes of one manifest have to do with those of others.
class Relations {
 public:
  Relations(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items)
      : registry_(registry), request_(request), counter_(counter), items_(items) {
    for (std::uint32_t i = 0; i < items.texts.size(); ++i) text_of_[items.texts[i].id] = i;
  }

  void add_all() {
    const std::size_t texts = items_.texts.size();
    for (std::size_t i = 0; i < texts; ++i) {
      add_links(items_.texts[i]);
      add_names(items_.texts[i]);
    }
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

  // Only what is taken in full refers to others: a card does not show its manifest's references.
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

  // Whatever a line names has a card, or a line of its own.
  void add_names(const Text& text) {
    const Span<Link> links = registry_.links(text.id);
    if (links.empty()) return;
    const std::uint32_t body = registry_.section(text.id, 0).line;
    std::set<std::uint32_t> named;
    for (const Link& link : links)
      if (link.via != Via::frontmatter && link.line < body) name(text.card, link.to, text.id, named);
    const std::uint32_t whole = registry_.whole_sections(text.id);
    for (const SectionNodes& section : text.sections) {
      const std::uint32_t first = registry_.section(text.id, section.section).line;
      const std::uint32_t next =
          section.section + 1 < whole ? registry_.section(text.id, section.section + 1).line : 0xffffffffU;
      std::set<std::uint32_t> in_section = named;
      for (std::uint32_t node = section.begin; node != no_node && node < section.end; ++node) {
        if (items_.nodes[node].form == Form::same) continue;
        const std::uint32_t shown = registry_.section(text.id, items_.nodes[node].section).shown_lines;
        const std::uint32_t last = shown == 0 ? next : std::min(next, first + shown);
        auto link = std::lower_bound(links.begin(), links.end(), first,
                                     [](const Link& a, std::uint32_t line) { return a.line < line; });
        for (; link != links.end() && link->line < last; ++link)
          if (link->via != Via::frontmatter) name(node, link->to, text.id, in_section);
      }
    }
  }

  void name(std::uint32_t node, ManifestId target, ManifestId self, std::set<std::uint32_t>& named) {
    if (target == self || !named.insert(index(target)).second) return;
    const auto known = text_of_.find(target);
    if (known != text_of_.end()) {
      const Text& text = items_.texts[known->second];
      if (text.card_held || is_root(text.card)) return;
    }
    if (known == text_of_.end() && request_.listed && !request_.listed(target)) return;
    std::vector<std::uint32_t> members;
    if (known != text_of_.end()) members.push_back(items_.texts[known->second].card);
    members.push_back(name_node(target));
    group(node).requires_any.push_back(std::move(members));
  }

  bool is_root(std::uint32_t node) const {
    const std::vector<std::uint32_t>& roots = items_.problem.roots;
    return std::find(roots.begin(), roots.end(), node) != roots.end();
  }

  std::uint32_t name_node(ManifestId target) {
    const auto known = name_of_.find(target);
    if (known != name_of_.end()) return known->second;
    const std::uint32_t above = names_node(items_, target, counter_);
    const ManifestView view = registry_[target];
    Node line;
    line.role = Role::name;
    line.id = target;
    line.form = Form::name;
    line.text = std::string(to_string(view.kind)) + ":" + manifest::one_line(view.name, 200) + "\n";
    line.cost = counter_.count(line.text);
    const std::uint32_t node = add_node(items_, std::move(line));
    group(node).requires_all.push_back(above);
    name_of_[target] = node;
    return node;
  }

  const Registry& registry_;
  const BundleRequest& request_;
  const TokenCounter& counter_;
  Items& items_;
  std::map<ManifestId, std::uint32_t> text_of_, name_of_;
};

}  // namespace

Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter) {
  Items items;
  items.problem.budget = request.budget;
  TextNodes texts(registry, request, counter, items);
  for (const Selected& selected : in_order(registry, request.resolution.selected)) texts.add(selected);
  Relations(registry, request, counter, items).add_all();
  for (const std::uint32_t root : items.problem.roots)
    for (const std::uint32_t card : texts.asked_cards())
      if (items.nodes[card].up == items.texts.front().opening || items.problem.roots.size() == 1)
        items.problem.groups[root].requires_all.push_back(card);
  add_files(registry, request, counter, items);
  add_quotes(request, counter, items);
  return items;
}

}  // namespace cascade::bundle
