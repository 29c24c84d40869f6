#include "usage/report.h"

#include <set>

namespace cascade::usage {
void Candidates::add(const Session& session, std::int64_t since, std::int64_t until) {
  for (const Delivery& delivery : session.deliveries) {
    if (delivery.at < since || delivery.at > until) continue;
    for (const SentSection& section : delivery.sections) {
      Candidate& one = found_[&section];
      one.id = session::find_sent(library_.registry(),
                                  {section.manifest, section.section, section.form, section.content_hash, {}});
      if (one.id) one.signs = library_.signs(*one.id);
    }
  }
}

PhraseSet Candidates::phrases() const {
  std::set<const Signs*> all;
  for (const auto& [section, one] : found_)
    if (one.signs != nullptr) all.insert(one.signs);
  std::vector<std::uint64_t> hashes;
  for (const Signs* signs : all) add_wanted(*signs, hashes);
  return PhraseSet(std::move(hashes));
}

namespace {

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

Figures figures_of(const Fate& fate) {
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
  const Candidate& one = evidence.candidates.of(section);
  if (one.id) fate.heading = evidence.registry.section(one.id->manifest, one.id->section).heading;
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
