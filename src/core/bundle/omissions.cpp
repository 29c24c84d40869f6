// The shortfall of a text that was left out is what it would need next to the present choice: its own cost, that of
// everything that leads to it and that these require, with the cheapest of each alternative, minus the mark or the name
// that would no longer be needed, minus the room that is left. It is a sum and not a packing, so it is cheap. The
// smallest budget that really brings the text in may be another one (prices, docs/packing.md).
#include "bundle/omissions.h"

#include "bundle/emit.h"

#include <algorithm>

namespace cascade::bundle {
namespace {

std::uint32_t lacking(std::uint64_t needed, std::uint32_t limit, std::uint32_t reserve, std::uint32_t used) {
  if (limit == unlimited) return 0;
  const std::uint64_t taken = std::uint64_t{used} + reserve + needed;
  return taken > limit ? static_cast<std::uint32_t>(std::min<std::uint64_t>(taken - limit, unlimited)) : 0;
}

class Pricing {
 public:
  Pricing(const BundleRequest& request, const Items& items, const Packing& packing)
      : request_(request),
        items_(items),
        packing_(packing),
        chosen_(chosen_nodes(items, packing)),
        seen_for_(items.nodes.size(), no_node) {}

  std::vector<Omission> all() {
    std::vector<Omission> found;
    for (const Text& text : items_.texts) {
      found.insert(found.end(), text.held.begin(), text.held.end());
      if (chosen_[text.card] == 0 && !text.card_held) found.push_back(omission(text.card, name_of(text.id)));
      for (std::size_t i = 0; i < text.sections.size(); ++i)
        if (chosen_[text.sections[i].full] == 0) found.push_back(omission(text, i));
    }
    return found;
  }

 private:
  Omission without_shortfall(std::uint32_t number) const {
    const Node& node = items_.nodes[number];
    return {node.id, node.section, node.form, OmittedFor::budget, node.value, node.cost, {}};
  }

  // `back`: the cost that is saved when it comes in.
  Omission omission(std::uint32_t number, const Cost& back) {
    Omission out = without_shortfall(number);
    out.shortfall = shortfall(needed_by(number), back);
    return out;
  }

  // The cost of the line that names the manifest instead of its card, and of the line above it if no other needs that.
  Cost name_of(ManifestId id) const {
    Cost name, above;
    std::size_t names = 0;
    for (std::uint32_t number = 0; number < items_.nodes.size(); ++number) {
      const Node& node = items_.nodes[number];
      if (chosen_[number] == 0) continue;
      if (node.role == Role::names) above = node.cost;
      if (node.role != Role::name) continue;
      ++names;
      if (node.id == id) name = node.cost;
    }
    if (names == 1 && name != Cost{}) name += above;
    return name;
  }

  Omission omission(const Text& text, std::size_t place) {
    const SectionNodes& section = text.sections[place];
    Omission out = without_shortfall(section.full);
    if (section.same != no_node && chosen_[section.same] != 0) {
      out.reason = OmittedFor::duplicate;
      return out;
    }
    // The mark disappears with the last section that it covers.
    const bool after = place == 0 || shown_node(chosen_, text.sections[place - 1]) != no_node;
    const bool marked = after && chosen_[section.cut] != 0;
    const bool ends = place + 1 == text.sections.size() || shown_node(chosen_, text.sections[place + 1]) != no_node;
    out.shortfall = shortfall(needed_by(section.full), marked && ends ? items_.nodes[section.cut].cost : Cost{});
    return out;
  }

  Cost shortfall(const Cost& needed, const Cost& back) const {
    const Budget& budget = request_.budget;
    const std::uint64_t tokens = needed.tokens > back.tokens ? needed.tokens - back.tokens : 0;
    const std::uint64_t chars = needed.chars > back.chars ? needed.chars - back.chars : 0;
    return {lacking(tokens, budget.limit.tokens, budget.reserve.tokens, packing_.cost.tokens),
            lacking(chars, budget.limit.chars, budget.reserve.chars, packing_.cost.chars)};
  }

  // The cost of the node, of the nodes that lead to it, and of what these require: all outright requirements, and the
  // cheapest of each choice.
  Cost needed_by(std::uint32_t number) {
    Cost cost;
    std::vector<std::uint32_t>& queue = queue_;
    queue.assign(1, number);
    while (!queue.empty()) {
      const std::uint32_t node = queue.back();
      queue.pop_back();
      if (node == no_node || chosen_[node] != 0 || seen_for_[node] == number) continue;
      seen_for_[node] = number;
      const PackingGroup& group = items_.problem.groups[node];
      cost += group.items.front().cost;
      queue.push_back(items_.nodes[node].up);
      queue.insert(queue.end(), group.requires_all.begin(), group.requires_all.end());
      for (const std::vector<std::uint32_t>& any : group.requires_any) queue.push_back(cheapest(any, number));
    }
    return cost;
  }

  std::uint32_t cheapest(const std::vector<std::uint32_t>& any, std::uint32_t number) const {
    std::uint32_t best = no_node;
    for (const std::uint32_t node : any) {
      if (chosen_[node] != 0 || seen_for_[node] == number) return no_node;
      const auto cost = [&](std::uint32_t n) { return items_.problem.groups[n].items.front().cost.tokens; };
      if (best == no_node || cost(node) < cost(best)) best = node;
    }
    return best;
  }

  const BundleRequest& request_;
  const Items& items_;
  const Packing& packing_;
  std::vector<std::uint8_t> chosen_;
  // Of needed_by(): for each node, the number for which it was seen last, since a set for each text would be the
  // greater part of the work.
  std::vector<std::uint32_t> seen_for_, queue_;
};

}  // namespace

std::vector<Omission> omissions(const BundleRequest& request, const Items& items, const Packing& packing) {
  return Pricing(request, items, packing).all();
}

}  // namespace cascade::bundle
