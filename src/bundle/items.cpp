#include "bundle/items.h"

#include "bundle/value.h"
#include "hash/content_hash.h"
#include "manifest/head.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cascade::bundle {
namespace {

using manifest::Follows;
using Hashes = std::set<std::uint64_t>;

// Sections of other manifests with the same text and cost are one content. A text in one place only has no key.
class SharedContent {
 public:
  void add(const Candidate& item) { ++seen_[key(item)]; }
  bool is_shared(const Candidate& item) const { return seen_.at(key(item)) > 1; }

  // The same non-zero number for equal contents.
  std::uint64_t number(const Candidate& item) {
    return numbers_.try_emplace(key(item), numbers_.size() + 1).first->second;
  }

 private:
  using Key = std::tuple<std::uint64_t, TokenCount, std::uint32_t>;
  static Key key(const Candidate& item) { return {item.content_hash, item.cost.tokens, item.cost.chars}; }
  std::map<Key, std::uint32_t> seen_;
  std::map<Key, std::uint64_t> numbers_;
};

class Builder {
 public:
  Builder(const Registry& registry, const BundleRequest& request, const TokenCounter& counter)
      : registry_(registry),
        request_(request),
        counter_(counter),
        loaded_(request.already_loaded.begin(), request.already_loaded.end()),
        previous_(request.previous.begin(), request.previous.end()) {}

  Items build() {
    for (const Selected& selected : request_.resolution.selected) add_group(selected);
    share_contents();
    add_edges();
    items_.problem.budget = request_.budget;
    return std::move(items_);
  }

 private:
  void add_group(const Selected& selected) {
    group_of_[selected.id] = static_cast<std::uint32_t>(items_.groups.size());
    if (selected.distance == 0) items_.problem.roots.push_back(group_of_[selected.id]);
    Group group;
    group.id = selected.id;
    const Worth worth = worth_of(selected);
    group.items.emplace_back();  // the head, filled in when it is known what follows
    if (!selected.card_only) add_sections(selected.id, worth, group);
    fill_head(selected, worth, group);
    items_.groups.push_back(std::move(group));
  }

  Worth worth_of(const Selected& selected) const {
    Worth worth;
    worth.layer = registry_[selected.id].layer;
    if (selected.pulled_in_by) worth.strength = selected.pulled_in_by->strength;
    worth.priority = author_priority(registry_, selected.id);
    return worth;
  }

  std::uint32_t relevance(ManifestId id, std::uint32_t section) const {
    return request_.relevance ? request_.relevance(id, section) : 1000;
  }

  void fill_head(const Selected& selected, Worth worth, Group& group) {
    Candidate& head_item = group.items.front();
    head_item.form = Form::card;
    worth.relevance = relevance(selected.id, 0);
    head_item.value = card_value(worth);
    const bool follows = group.items.size() > 1;
    Follows kind = selected.card_only ? Follows::nothing : Follows::sections;
    head_item.text = head_of(selected.id, kind);
    head_item.content_hash = hash::hash_text(head_item.text);
    if (loaded_.count(head_item.content_hash) != 0) {
      group.loaded.insert(group.loaded.begin(), head_item);
      kind = Follows::continued;
      head_item.text = follows ? head_of(selected.id, kind) : std::string();
      head_item.value = 0;
      group.emit_head = follows;
    }
    if (!head_item.text.empty()) head_item.cost = cost_of_head(selected.id, kind, head_item.text);
    keep_previous(head_item);
  }

  std::string head_of(ManifestId id, Follows follows) const {
    const ManifestView manifest = registry_[id];
    return manifest::head(
        {manifest.kind, manifest.name, manifest.description, registry_.tools(id), manifest.body.tokens}, follows);
  }

  // Counted when the manifest was parsed; what was made by hand is counted here.
  Cost cost_of_head(ManifestId id, Follows follows, const std::string& text) const {
    const HeadCosts& heads = registry_[id].heads;
    const Cost& known = follows == Follows::nothing    ? heads.card
                        : follows == Follows::sections ? heads.opening
                                                       : heads.continued;
    return known == Cost{} ? counter_.count(text) : known;
  }

  void add_sections(ManifestId id, Worth worth, Group& group) {
    const std::uint32_t count = registry_[id].sections;
    const std::vector<Part> parts = parts_of(registry_, id);
    std::vector<std::vector<std::uint32_t>> shorter(count);
    for (std::uint32_t index = 0; index < count; ++index)
      if (const std::uint32_t of = registry_.section(id, index).shorter_of; of != index && of < count)
        shorter[of].push_back(index);
    for (std::uint32_t index = 0; index < count; ++index) {
      const SectionView section = registry_.section(id, index);
      if (section.shorter_of != index || section.cost == Cost{}) continue;
      worth.relevance = relevance(id, index);
      worth.part = parts[index];
      worth.tokens = section.cost.tokens;
      Candidate item{index, section.form, section.content_hash, section_value(worth), section.cost, {}};
      if (loaded_.count(item.content_hash) != 0) {
        group.loaded.push_back(std::move(item));
        continue;
      }
      keep_previous(item);
      shared_.add(item);
      group.items.push_back(item);
      for (const std::uint32_t form : shorter[index])
        add_shorter(item, form, registry_.section(id, form), parts[index], group);
    }
  }

  // Only forms that save something.
  static void add_shorter(const Candidate& full, std::uint32_t index, const SectionView& section, Part part,
                          Group& group) {
    if (section.cost == Cost{} || section.cost.tokens >= full.cost.tokens) return;
    group.items.push_back({index, section.form, 0, shorter_value(full.value, section.form, part), section.cost, {}});
  }

  // One per cent more for what was chosen last time, so that small changes do not reshuffle the bundle.
  void keep_previous(Candidate& item) const {
    if (previous_.count(item.content_hash) != 0) item.value += item.value / 100;
  }

  // Fills problem.groups[].items. Members of one content agree in value: the greatest of theirs. They come without
  // shorter forms, whose choice would have to agree, too.
  void share_contents() {
    std::map<std::uint64_t, std::uint64_t> greatest;
    for (Group& group : items_.groups) {
      drop_shorter_forms_of_shared(group);
      for (const Candidate& item : group.items)
        if (is_shared(item)) greatest[shared_.number(item)] = std::max(greatest[shared_.number(item)], item.value);
    }
    std::uint32_t alternatives = 0;
    for (Group& group : items_.groups) {
      PackingGroup packing;
      for (std::size_t i = 0; i < group.items.size(); ++i) {
        Candidate& item = group.items[i];
        PackingItem out;
        if (is_shared(item)) {
          out.content = shared_.number(item);
          item.value = greatest[out.content];
        }
        out.value = item.value;
        out.cost = item.cost;
        const bool shorter = is_shorter(item);
        const bool has_shorter = !shorter && i + 1 < group.items.size() && is_shorter(group.items[i + 1]);
        if (has_shorter) ++alternatives;
        if (shorter || has_shorter) out.alternatives = alternatives;
        packing.items.push_back(out);
      }
      items_.problem.groups.push_back(std::move(packing));
    }
    for (const std::uint32_t root : items_.problem.roots) pin_lead(root);
  }

  static bool is_shorter(const Candidate& item) { return item.form == Form::prose || item.form == Form::opening; }
  bool is_shared(const Candidate& item) const {
    return item.form != Form::card && !is_shorter(item) && shared_.is_shared(item);
  }

  void drop_shorter_forms_of_shared(Group& group) const {
    std::vector<Candidate> kept;
    bool dropping = false;
    for (Candidate& item : group.items) {
      if (!is_shorter(item)) dropping = is_shared(item) || is_lead_of_root(group, item);
      if (!is_shorter(item) || !dropping) kept.push_back(std::move(item));
    }
    group.items = std::move(kept);
  }

  bool is_lead_of_root(const Group& group, const Candidate& item) const {
    const auto& roots = items_.problem.roots;
    return item.form == Form::lead && std::find(roots.begin(), roots.end(), group_of_.at(group.id)) != roots.end();
  }

  void pin_lead(std::uint32_t root) {
    const std::vector<Candidate>& items = items_.groups[root].items;
    if (items.size() > 1 && items[1].form == Form::lead) items_.problem.groups[root].items[1].pinned = true;
  }

  // Only what is taken in full refers to others: a card does not show its manifest's references.
  void add_edges() {
    for (const Selected& selected : request_.resolution.selected) {
      PackingGroup& group = items_.problem.groups[group_of_[selected.id]];
      for (const ManifestId other : registry_.conflicts(selected.id)) add_index(group.conflicts, other);
      if (selected.card_only) continue;
      for (const Link& link : registry_.links(selected.id)) {
        if (link.strength > request_.follow) continue;
        add_index(link.strength == Strength::required ? group.requires_all : group.refs, link.to);
      }
      for (const Span<ManifestId> any : registry_.requires_any(selected.id)) {
        std::vector<std::uint32_t> members;
        for (const ManifestId member : any) add_index(members, member);
        if (!members.empty()) group.requires_any.push_back(std::move(members));
      }
    }
  }

  void add_index(std::vector<std::uint32_t>& indices, ManifestId id) const {
    const auto found = group_of_.find(id);
    if (found == group_of_.end()) return;
    if (std::find(indices.begin(), indices.end(), found->second) == indices.end()) indices.push_back(found->second);
  }

  const Registry& registry_;
  const BundleRequest& request_;
  const TokenCounter& counter_;
  const Hashes loaded_, previous_;
  std::map<ManifestId, std::uint32_t> group_of_;
  SharedContent shared_;
  Items items_;
};

}  // namespace

Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter) {
  return Builder(registry, request, counter).build();
}

}  // namespace cascade::bundle
