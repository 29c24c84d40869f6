// Sorts sections by content hash and cost, so equal ones are adjacent. A manifest's hash is that of its sections'
// hashes in order.
#include "duplicates/duplicates.h"

#include "duplicates/keep.h"

#include <algorithm>
#include <tuple>

namespace cascade::duplicates {
namespace {

struct Entry {
  std::uint64_t hash = 0;
  Cost cost;
  Place place;
};

// The cost is compared along with the hash, so that two texts that collide by chance are told apart unless they cost
// the same.
bool are_equal(const Entry& a, const Entry& b) { return a.hash == b.hash && a.cost == b.cost; }

void sort_by_text(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::make_tuple(a.hash, a.cost.tokens, a.cost.chars, index(a.place.id), a.place.section) <
           std::make_tuple(b.hash, b.cost.tokens, b.cost.chars, index(b.place.id), b.place.section);
  });
}

Cost times(const Cost& cost, std::size_t count) {
  return {static_cast<TokenCount>(cost.tokens * count), static_cast<std::uint32_t>(cost.chars * count)};
}

// Calls `f(begin, end)` for each run of at least two equal entries.
template <typename Found>
void each_run(const std::vector<Entry>& entries, const Found& f) {
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && are_equal(entries[begin], entries[end])) ++end;
    if (end - begin > 1) f(begin, end);
    begin = end;
  }
}

template <typename Finding>
void sort_by_waste(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.wasted.tokens > b.wasted.tokens; });
}

}  // namespace

Report find_duplicates(const Registry& registry) {
  Report report;
  std::vector<Entry> sections, manifests;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (view.document) continue;
    ++report.manifests;
    Entry whole{0, {}, {view.id, 0}};
    for (std::uint32_t number = 0; number < registry.whole_sections(view.id); ++number) {
      const SectionView section = registry.section(view.id, number);
      // An empty section wastes nothing, and each is equal to all the others.
      if (section.cost == Cost{}) continue;
      // Multiplying by an odd number (2^64 divided by the golden ratio) loses nothing and makes the order of sections
      // count.
      whole.hash = (whole.hash ^ section.content_hash) * 0x9E3779B97F4A7C15ULL;
      whole.cost += section.cost;
      sections.push_back({section.content_hash, section.cost, {view.id, number}});
    }
    report.all += whole.cost;
    if (whole.cost != Cost{}) manifests.push_back(whole);
  }
  report.sections = report.distinct = sections.size();
  sort_by_text(sections);
  sort_by_text(manifests);
  each_run(sections, [&](std::size_t begin, std::size_t end) {
    EqualSections found;
    std::vector<ManifestId> ids;
    for (std::size_t i = begin; i < end; ++i) {
      found.places.push_back(sections[i].place);
      ids.push_back(sections[i].place.id);
    }
    found.keep = place_to_keep(registry, ids);
    found.each = sections[begin].cost;
    found.wasted = times(found.each, end - begin - 1);
    report.distinct -= end - begin - 1;
    report.wasted += found.wasted;
    report.equal_sections.push_back(std::move(found));
  });
  each_run(manifests, [&](std::size_t begin, std::size_t end) {
    // Not added to report.wasted, since their sections are counted there already.
    EqualManifests found;
    for (std::size_t i = begin; i < end; ++i) found.ids.push_back(manifests[i].place.id);
    found.keep = place_to_keep(registry, found.ids);
    found.each = manifests[begin].cost;
    found.wasted = times(found.each, end - begin - 1);
    report.equal_manifests.push_back(std::move(found));
  });
  sort_by_waste(report.equal_sections);
  sort_by_waste(report.equal_manifests);
  return report;
}

}  // namespace cascade::duplicates
