#include "usage/judge.h"

namespace cascade::usage {
namespace {

void add_sign_counts(const Shown& shown, std::map<Sign, std::uint64_t>& counts) {
  for (const Sign sign : all_signs)
    if (shown.is(sign)) ++counts[sign];
}

}  // namespace

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
  add_sign_counts(fate.shown, figures.signs);
  for (const Signs* signs : evidence.candidates.of(section).placebos) {
    const Shown one = evidence.family.shown(session, delivery, *signs);
    figures.placebo.hits += one.any() ? 1 : 0;
    ++figures.placebo.of;
    add_sign_counts(one, figures.placebo_signs);
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
