#include "usage/candidates.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "hash/content_hash.h"

namespace cascade::usage {
namespace {

// What a session was sent, or would have been, at any time; both sorted.
struct EverSent {
  std::vector<ManifestId> manifests;
  std::vector<std::uint64_t> hashes;

  void add(const SentSection& section, const Library& library) {
    hashes.push_back(section.content_hash);
    if (const auto id = library.find(section)) manifests.push_back(id->manifest);
  }
};

EverSent sent_in(const Session& session, const Library& library) {
  EverSent sent;
  for (const Delivery& delivery : session.deliveries) {
    for (const SentSection& section : delivery.sections) sent.add(section, library);
    for (const SentSection& section : delivery.withheld) sent.add(section, library);
  }
  std::sort(sent.manifests.begin(), sent.manifests.end());
  std::sort(sent.hashes.begin(), sent.hashes.end());
  return sent;
}

}  // namespace

void Candidates::add(const Session& session, std::int64_t since, std::int64_t until) {
  const EverSent sent = sent_in(session, library_);
  for (const Delivery& delivery : session.deliveries) {
    if (delivery.at < since || delivery.at > until) continue;
    std::size_t i = 0;
    for (const auto* list : {&delivery.sections, &delivery.withheld})
      for (const SentSection& section : *list) {
        Candidate& one = found_[&section];
        one.id = library_.find(section);
        if (one.id) one.signs = library_.signs(*one.id);
        const std::string place = session.id + " " + std::to_string(delivery.sequence) + " " + std::to_string(i++);
        for (std::uint64_t k = 0; one.signs != nullptr && k < placebos_of_each; ++k) {
          const std::uint64_t seed = hash::hash64(place + " " + std::to_string(k));
          const auto other = library_.placebo(section.tokens, seed, sent.manifests, sent.hashes);
          const Signs* const signs = other ? library_.signs(*other) : nullptr;
          if (signs != nullptr) one.placebos.push_back(signs);
        }
      }
  }
}

PhraseSet Candidates::phrases() const {
  std::set<const Signs*> all;
  for (const auto& [section, one] : found_) {
    if (one.signs != nullptr) all.insert(one.signs);
    all.insert(one.placebos.begin(), one.placebos.end());
  }
  std::vector<std::uint64_t> hashes;
  for (const Signs* signs : all) add_wanted(*signs, hashes);
  return PhraseSet(std::move(hashes));
}

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

Figures figures_of(const Session& session, const Delivery& delivery, const SentSection& section, const Fate& fate,
                   const Evidence& evidence) {
  Figures figures;
  figures.sent = 1;
  figures.tokens = fate.tokens;
  if (!fate.known) {
    figures.unknown = 1;
    return figures;
  }
  figures.used = {fate.shown.any() ? std::uint64_t{1} : 0, 1};
  for (const Sign sign : all_signs)
    if (fate.shown.is(sign)) ++figures.signs[sign];
  for (const Signs* signs : evidence.candidates.of(section).placebos) {
    figures.placebo.hits += evidence.family.shown(session, delivery, *signs).any() ? 1 : 0;
    ++figures.placebo.of;
  }
  if (fate.wasted) {
    figures.wasted = 1;
    figures.wasted_tokens = fate.tokens;
    figures.carried_tokens = fate.tokens * fate.shown.answers;
  }
  return figures;
}

Fate fate_of(const Session& session, const Delivery& delivery, const SentSection& section, const Evidence& evidence,
             std::string& gap) {
  Fate fate;
  fate.session = session.id;
  fate.manifest = section.manifest;
  fate.agent = delivery.agent;
  fate.sequence = delivery.sequence;
  fate.tokens = section.tokens;
  fate.at = delivery.at;
  const Candidate& one = evidence.candidates.of(section);
  if (one.id) {
    const SectionView view = evidence.registry.section(one.id->manifest, one.id->section);
    fate.heading = view.heading;
    fate.section_hash = evidence.registry.section(one.id->manifest, view.shorter_of).content_hash;
  }
  if (one.signs == nullptr) gap = "changed-section";
  if (one.signs == nullptr || !evidence.has_log) return fate;
  if (!evidence.family.has(session, delivery.agent)) {
    gap = "no-log-of-subagent";
    return fate;
  }
  fate.shown = evidence.family.shown(session, delivery, *one.signs);
  // Where nobody answered any more, nothing could be used.
  fate.known = fate.shown.answers > 0 || fate.shown.any();
  if (!fate.known) gap = "no-answer-after";
  fate.wasted = !fate.shown.any() && fate.shown.answers >= long_session;
  return fate;
}

}  // namespace cascade::usage
