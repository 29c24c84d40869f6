#include "bundle/omissions.h"

#include <algorithm>
#include <map>
#include <set>

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
      : request_(request), items_(items), packing_(packing) {
    for (const PackedItem& chosen : packing.selected) {
      chosen_.insert({chosen.group, chosen.item});
      if (const std::uint64_t content = packed(chosen.group, chosen.item).content; content != 0)
        contents_.insert(content);
    }
    for (std::uint32_t g = 0; g < items.groups.size(); ++g) group_of_[items.groups[g].id] = g;
    for (const Selected& selected : request.resolution.selected)
      if (selected.pulled_in_by) referrer_[selected.id] = selected.pulled_in_by->from;
  }

  std::vector<Omission> all() const {
    std::vector<Omission> found;
    for (std::uint32_t g = 0; g < items_.groups.size(); ++g) {
      const Group& group = items_.groups[g];
      for (const Candidate& item : group.loaded)
        found.push_back({group.id, item.section, item.form, OmittedFor::already_loaded, item.value, item.cost, {}});
      for (std::uint32_t i = 0; i < group.items.size(); ++i)
        if (is_left_out(g, i)) found.push_back(omission(g, i));
    }
    return found;
  }

 private:
  const PackingItem& packed(std::uint32_t g, std::uint32_t i) const { return items_.problem.groups[g].items[i]; }
  bool is_chosen(std::uint32_t g, std::uint32_t i) const { return chosen_.count({g, i}) != 0; }
  bool is_open(std::uint32_t g) const { return is_chosen(g, 0); }

  bool is_left_out(std::uint32_t g, std::uint32_t i) const {
    const Candidate& item = items_.groups[g].items[i];
    if (is_chosen(g, i) || item.form == Form::prose || item.form == Form::opening) return false;
    return i != 0 || items_.groups[g].emit_head;
  }

  Omission omission(std::uint32_t g, std::uint32_t i) const {
    const Candidate& item = items_.groups[g].items[i];
    Omission out{items_.groups[g].id, item.section, item.form, OmittedFor::budget, item.value, item.cost, {}};
    const std::uint64_t content = packed(g, i).content;
    if (is_open(g) && content != 0 && contents_.count(content) != 0) {
      out.reason = OmittedFor::duplicate;
      return out;
    }
    Cost needed = i == 0 ? Cost{} : item.cost;
    needed += opening_cost(g);
    const Cost back = replaced(g, i);
    const std::uint64_t tokens = needed.tokens > back.tokens ? needed.tokens - back.tokens : 0;
    const std::uint64_t chars = needed.chars > back.chars ? needed.chars - back.chars : 0;
    const Budget& budget = request_.budget;
    out.shortfall.tokens = lacking(tokens, budget.limit.tokens, budget.reserve.tokens, packing_.cost.tokens);
    out.shortfall.chars = lacking(chars, budget.limit.chars, budget.reserve.chars, packing_.cost.chars);
    return out;
  }

  // Heads and pinned items of the closed groups from `g` up to the first open one.
  Cost opening_cost(std::uint32_t g) const {
    Cost cost;
    std::set<std::uint32_t> seen;
    while (!is_open(g) && seen.insert(g).second) {
      const PackingGroup& group = items_.problem.groups[g];
      for (std::size_t i = 0; i < group.items.size(); ++i)
        if (i == 0 || group.items[i].pinned) cost += group.items[i].cost;
      const auto up = referrer_.find(items_.groups[g].id);
      if (up == referrer_.end() || group_of_.count(up->second) == 0) break;
      g = group_of_.at(up->second);
    }
    return cost;
  }

  // The cost of the shorter form that stands in for the item.
  Cost replaced(std::uint32_t g, std::uint32_t i) const {
    const std::uint32_t alternatives = packed(g, i).alternatives;
    if (alternatives == 0) return {};
    for (std::uint32_t other = 0; other < items_.groups[g].items.size(); ++other)
      if (packed(g, other).alternatives == alternatives && is_chosen(g, other)) return packed(g, other).cost;
    return {};
  }

  const BundleRequest& request_;
  const Items& items_;
  const Packing& packing_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> chosen_;
  std::set<std::uint64_t> contents_;
  std::map<ManifestId, std::uint32_t> group_of_;
  std::map<ManifestId, ManifestId> referrer_;
};

}  // namespace

std::vector<Omission> omissions(const BundleRequest& request, const Items& items, const Packing& packing) {
  return Pricing(request, items, packing).all();
}

}  // namespace cascade::bundle
