// Compares sections first: similar ones form a group around the one to keep. A manifest then is the set of its
// sections' groups, weighted by tokens, so comparing manifests needs no second look at the texts.
#include "duplicates/near.h"

#include "duplicates/alike.h"
#include "duplicates/keep.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace cascade::duplicates {
namespace {

// Joins pairs into groups; a group is represented by its least number.
class Groups {
 public:
  explicit Groups(std::size_t count) : up_(count) { std::iota(up_.begin(), up_.end(), std::size_t{0}); }

  std::size_t of(std::size_t member) {
    while (up_[member] != member) member = up_[member] = up_[up_[member]];
    return member;
  }

  void join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    up_[std::max(a, b)] = std::min(a, b);
  }

  // Returns the groups of at least two.
  std::map<std::size_t, std::vector<std::size_t>> large() {
    std::map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < up_.size(); ++i) members[of(i)].push_back(i);
    for (auto at = members.begin(); at != members.end();)
      at = at->second.size() < 2 ? members.erase(at) : std::next(at);
    return members;
  }

 private:
  std::vector<std::size_t> up_;
};

// A text that some sections share.
struct Text {
  Place place;
  Cost cost;
  Set runs;
};

struct ManifestTexts {
  ManifestId id{};
  std::map<std::uint32_t, std::uint64_t> tokens;  // by text, later by group
  std::uint64_t all = 0;
};

class NearSearch {
 public:
  NearSearch(const Registry& registry, const ReadSection& read, Report& report)
      : registry_(registry), read_(read), report_(report) {}

  Result<void> run() {
    if (auto done = read_texts(); !done) return done;
    find_sections();
    find_manifests();
    return {};
  }

 private:
  using Content = std::tuple<std::uint64_t, TokenCount, std::uint32_t>;

  // Equal sections are one text and read once; those below the least size are never compared, so they are not read at
  // all.
  Result<void> read_texts() {
    std::map<Content, std::uint32_t> known;
    for (std::uint32_t i = 0; i < registry_.size(); ++i) {
      const ManifestView view = registry_[ManifestId{i}];
      if (view.document) continue;
      ManifestTexts manifest{view.id, {}, 0};
      for (std::uint32_t number = 0; number < registry_.whole_sections(view.id); ++number) {
        const SectionView section = registry_.section(view.id, number);
        if (section.cost == Cost{}) continue;
        const Content content{section.content_hash, section.cost.tokens, section.cost.chars};
        const auto [at, fresh] = known.try_emplace(content, static_cast<std::uint32_t>(texts_.size()));
        manifest.tokens[at->second] += section.cost.tokens;
        manifest.all += section.cost.tokens;
        if (!fresh) continue;
        Text text{{view.id, number}, section.cost, {}};
        if (section.cost.tokens >= least_tokens) {
          auto bytes = read_(view, section);
          if (!bytes) return bytes.error();
          text.runs = runs_of_words(*bytes);
        }
        texts_.push_back(std::move(text));
      }
      manifests_.push_back(std::move(manifest));
    }
    return {};
  }

  // Groups are chains of similar texts, so their ends may differ: a member counts only if it is like the one that is
  // kept.
  void find_sections() {
    std::vector<Set> sets;
    for (Text& text : texts_) sets.push_back(std::move(text.runs));
    Groups groups(texts_.size());
    for (const auto& [a, b] : candidates(sets))
      if (similarity(sets[a], sets[b]) >= least_alike) groups.join(a, b);
    for (const auto& [first, members] : groups.large()) {
      std::vector<ManifestId> ids;
      for (const std::size_t member : members) ids.push_back(texts_[member].place.id);
      const std::size_t keep = members[place_to_keep(registry_, ids)];
      NearSections found;
      for (const std::size_t member : members) {
        const std::uint32_t alike = similarity(sets[keep], sets[member]);
        if (alike < least_alike) continue;
        if (member == keep) found.keep = found.places.size();
        if (member != keep) found.wasted += texts_[member].cost;
        if (member != keep) found.alike = std::min(found.alike, alike);
        found.places.push_back(texts_[member].place);
        group_of_[static_cast<std::uint32_t>(member)] = static_cast<std::uint32_t>(keep);
      }
      if (found.places.size() > 1) report_.near_sections.push_back(std::move(found));
    }
    std::stable_sort(report_.near_sections.begin(), report_.near_sections.end(),
                     [](const NearSections& a, const NearSections& b) { return a.wasted.tokens > b.wasted.tokens; });
  }

  // Returns the tokens that two manifests share over those that either has.
  static std::uint32_t likeness(const ManifestTexts& a, const ManifestTexts& b) {
    std::uint64_t both = 0;
    for (const auto& [text, tokens] : a.tokens)
      if (const auto other = b.tokens.find(text); other != b.tokens.end()) both += std::min(tokens, other->second);
    const std::uint64_t either = a.all + b.all - both;
    return either == 0 ? 0 : static_cast<std::uint32_t>(both * 1000 / either);
  }

  void find_manifests() {
    std::vector<Set> sets;
    for (ManifestTexts& manifest : manifests_) {
      std::map<std::uint32_t, std::uint64_t> grouped;
      for (const auto& [text, tokens] : manifest.tokens) {
        const auto group = group_of_.find(text);
        grouped[group == group_of_.end() ? text : group->second] += tokens;
      }
      manifest.tokens = std::move(grouped);
      Set set;
      for (const auto& [text, tokens] : manifest.tokens) set.push_back(text);
      sets.push_back(std::move(set));
    }
    Groups groups(manifests_.size());
    for (const auto& [a, b] : candidates(sets))
      if (likeness(manifests_[a], manifests_[b]) >= least_alike) groups.join(a, b);
    for (const auto& [first, members] : groups.large()) add_manifests(members);
    std::stable_sort(report_.near_manifests.begin(), report_.near_manifests.end(),
                     [](const NearManifests& a, const NearManifests& b) { return a.wasted.tokens > b.wasted.tokens; });
  }

  bool are_equal(const std::vector<ManifestId>& ids) const {
    return std::any_of(report_.equal_manifests.begin(), report_.equal_manifests.end(),
                       [&](const EqualManifests& equal) {
                         return std::all_of(ids.begin(), ids.end(), [&](ManifestId id) {
                           return std::find(equal.ids.begin(), equal.ids.end(), id) != equal.ids.end();
                         });
                       });
  }

  void add_manifests(const std::vector<std::size_t>& members) {
    std::vector<ManifestId> ids;
    for (const std::size_t member : members) ids.push_back(manifests_[member].id);
    const std::size_t keep = members[place_to_keep(registry_, ids)];
    NearManifests found;
    for (const std::size_t member : members) {
      const std::uint32_t alike = member == keep ? 1000 : likeness(manifests_[keep], manifests_[member]);
      if (alike < least_alike) continue;
      if (member == keep) found.keep = found.ids.size();
      if (member != keep) found.wasted.tokens += static_cast<TokenCount>(manifests_[member].all);
      found.alike = std::min(found.alike, alike);
      found.ids.push_back(manifests_[member].id);
    }
    if (found.ids.size() > 1 && !are_equal(found.ids)) report_.near_manifests.push_back(std::move(found));
  }

  const Registry& registry_;
  const ReadSection& read_;
  Report& report_;
  std::vector<Text> texts_;
  std::vector<ManifestTexts> manifests_;
  std::map<std::uint32_t, std::uint32_t> group_of_;  // for each text, the one that its group keeps
};

}  // namespace

Result<void> find_near_duplicates(const Registry& registry, const ReadSection& read, Report& report) {
  return NearSearch(registry, read, report).run();
}

}  // namespace cascade::duplicates
