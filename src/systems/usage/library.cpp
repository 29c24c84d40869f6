#include "usage/library.h"

#include <algorithm>
#include <utility>

namespace cascade::usage {
namespace {

constexpr std::uint64_t least_tokens = 8;  // a shorter section has hardly anything to follow

// The manifests that a section names, by the lines of their links.
std::vector<std::string> named_in(const Registry& registry, SectionId id) {
  const ManifestView manifest = registry[id.manifest];
  const SectionView section = registry.section(id.manifest, id.section);
  const std::uint32_t whole = section.shorter_of;
  std::uint32_t end = ~std::uint32_t{0};
  if (whole + 1 < registry.whole_sections(id.manifest)) end = registry.section(id.manifest, whole + 1).line;
  std::vector<std::string> names;
  for (const Link& link : registry.links(id.manifest))
    if (link.line >= section.line && link.line < end && link.strength != Strength::excluded)
      names.emplace_back(registry[link.to].name);
  if (manifest.kind != Kind::skill) names.emplace_back(manifest.name);
  return names;
}

}  // namespace

Library::Library(const Registry& registry, ReadSection read) : registry_(registry), read_(std::move(read)) {
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    if (registry[id].document || registry.shadowed_in_favour_of(id)) continue;
    const std::uint32_t count = registry.whole_sections(id);
    for (std::uint32_t section = 0; section < count; ++section) {
      const SectionView view = registry.section(id, section);
      if (view.cost.tokens >= least_tokens) by_length_.push_back({view.cost.tokens, view.content_hash, {id, section}});
    }
  }
  std::stable_sort(by_length_.begin(), by_length_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.tokens < b.tokens; });
}

std::optional<SectionId> Library::find(const SentSection& sent) const {
  const auto symbol = Symbol::parse(sent.manifest);
  const auto id = symbol ? registry_.find(*symbol) : std::nullopt;
  if (!id) return std::nullopt;
  const std::uint32_t count = registry_[*id].sections;
  std::optional<std::uint32_t> whole;
  for (std::uint32_t i = 0; i < count; ++i) {
    const SectionView view = registry_.section(*id, i);
    if (view.content_hash != sent.content_hash) continue;
    if (view.form == sent.form) return SectionId{*id, i};
    if (!whole && view.shorter_of == i) whole = i;
  }
  if (whole) return SectionId{*id, *whole};
  return std::nullopt;
}

const Signs* Library::signs(SectionId id) {
  const std::uint64_t key = std::uint64_t{index(id.manifest)} << 32 | id.section;
  auto at = signs_.find(key);
  if (at == signs_.end()) {
    std::optional<Signs> made;
    if (const auto text = read_(registry_[id.manifest], registry_.section(id.manifest, id.section))) {
      made = signs_of(*text);
      made->names = named_in(registry_, id);
    }
    at = signs_.emplace(key, std::move(made)).first;
  }
  return at->second ? &*at->second : nullptr;
}

// Begins at a place among the sections of nearly that length that the seed decides, and takes the first that may be
// taken, to both sides.
std::optional<SectionId> Library::placebo(std::uint64_t tokens, std::uint64_t seed, const std::vector<ManifestId>& sent,
                                          const std::vector<std::uint64_t>& hashes) const {
  constexpr std::size_t window = 32;
  if (by_length_.empty()) return std::nullopt;
  const auto middle = std::lower_bound(by_length_.begin(), by_length_.end(), tokens,
                                       [](const Candidate& one, std::uint64_t t) { return one.tokens < t; });
  const auto at = static_cast<std::size_t>(middle - by_length_.begin());
  const std::size_t first = at - std::min(at, window), last = std::min(at + window, by_length_.size());
  const std::size_t start = first + static_cast<std::size_t>(seed % (last - first));
  for (std::size_t step = 0; step < 2 * by_length_.size(); ++step) {
    const std::size_t away = (step + 1) / 2;
    if (step % 2 == 0 ? start + away >= by_length_.size() : away > start) continue;
    const Candidate& one = by_length_[step % 2 == 0 ? start + away : start - away];
    if (!std::binary_search(sent.begin(), sent.end(), one.id.manifest) &&
        !std::binary_search(hashes.begin(), hashes.end(), one.hash))
      return one.id;
  }
  return std::nullopt;
}

}  // namespace cascade::usage
