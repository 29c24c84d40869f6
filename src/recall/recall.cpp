// Ranks the facts for which the words of the prompt speak (recall/evidence.h): the sums are corrected for the fact's
// length, trust and coverage. Likeness to the prompt is added (recall/level.h), also for facts without any of its
// words. Finally the gate decides whether the best fact meets enough of the prompt, and whether the prompt is about
// this project at all rather than about programming in general or the conversation itself.
#include "recall/recall.h"

#include <algorithm>

#include "recall/evidence.h"
#include "recall/gate.h"

namespace cascade::recall {
namespace {

// Found together with the worths of terms (recall/evidence.cpp). Per mille unless noted.
struct Bonus {
  std::uint32_t covered = 179;  // bonus when the prompt has all of the subject
  std::uint32_t further = 172;  // bonus for each further word that is met
  // Factors on top of the sum over the words, in 64ths of a doubling; fitted by logistic regression on which fact was
  // the right one, over eighteen organisations.
  std::uint32_t by_exact = 36, by_known = 18,
                by_phrase = 26;  // for each exact word, each 10 bits of information in these, each phrase
  std::uint32_t by_share = 55, by_covered = 43,
                by_subject_word = 11;  // for all of the prompt, all of the subject, each word of it
  std::uint32_t by_project = 34;       // for a fact about this repository, not about a person or a team
  std::uint32_t by_length = 8;         // for each halving of the fact's length
  std::int32_t least = 213;            // 64ths of a doubling that a fact may lie below the best, to be told with it
};
constexpr std::size_t most_rivals = 8;
constexpr Bonus bonus;

bool is_visible(const IndexTables& tables, const OwnerRun& run, const Query& query) {
  const std::string_view owner = tables.read(run.owner);
  switch (static_cast<Scope>(run.scope)) {
    case Scope::project: return owner == query.place.project;
    case Scope::user: return query.any_user || owner == query.place.user;
    case Scope::team: return query.any_team || owner == query.place.team;
  }
  return false;
}

Visible visible_to(const IndexTables& tables, const Query& query) {
  Visible visible;
  visible.flags.resize(tables.facts.size);
  std::size_t begin = 0;
  for (const OwnerRun& run : tables.owners) {
    const std::size_t end = std::min<std::size_t>(std::max<std::size_t>(run.end, begin), visible.flags.size());
    if (is_visible(tables, run, query)) {
      std::fill(visible.flags.begin() + static_cast<std::ptrdiff_t>(begin),
                visible.flags.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{1});
      visible.count += static_cast<std::uint32_t>(end - begin);
    }
    begin = end;
  }
  return visible;
}

// Flags of the visible facts that have not expired.
std::vector<std::uint8_t> told_of(const IndexTables& tables, const Visible& visible, std::int64_t now) {
  std::vector<std::uint8_t> told = visible.flags;
  for (const Expiry& expiry : tables.expiries)
    if (expiry.until < now && expiry.fact < told.size()) told[expiry.fact] = 0;
  return told;
}

// How much of the fact's subject the prompt has; per mille.
std::uint64_t covered_of(const FactEvidence& sum, const FactMeasure& fact) {
  return std::min<std::uint64_t>(
      1'000, std::uint64_t{sum.subject} * 1'000 / std::max<std::uint32_t>(fact.subject_length, 1'000));
}

// The bonuses for a fact, in 64ths of a doubling.
std::uint32_t likelier(const FactEvidence& sum, const FactMeasure& fact, std::uint64_t share, std::uint64_t covered) {
  std::uint32_t points = bonus.by_exact * std::min<std::uint32_t>(sum.exact, 5) +
                         bonus.by_known * std::min<std::uint32_t>(sum.known, 2'000) / 640 +
                         bonus.by_phrase * std::min<std::uint32_t>(sum.phrases, 3) +
                         bonus.by_subject_word * std::min<std::uint32_t>(sum.by_subject, 4);
  points += static_cast<std::uint32_t>((bonus.by_share * std::min<std::uint64_t>(share, 1'000) +
                                        bonus.by_covered * std::min<std::uint64_t>(covered, 1'000)) /
                                       1'000);
  if (static_cast<Scope>(fact.scope) == Scope::project) points += bonus.by_project;
  return points + bonus.by_length * fact.brevity / 64;
}

// score * 2^(points / 64), linear between two powers.
std::uint64_t doubled(std::uint64_t score, std::uint32_t points) {
  return score * (64 + points % 64) / 64 << std::min<std::uint32_t>(points / 64, 24);
}

Scored score_of(const FactEvidence& sum, const FactMeasure& fact, std::uint32_t information) {
  // A long text is more likely to have a word by chance.
  const std::uint64_t length = 12'000 + std::min<std::uint32_t>(fact.length, 60'000) * 3 / 10;
  const std::uint64_t covered = covered_of(sum, fact);
  const std::uint64_t further = std::clamp<std::uint64_t>(sum.words, 1, 5) - 1;
  std::uint64_t score = std::uint64_t{sum.score} * 16'000 / length * fact.trust / 100;
  score = score * (1'000 + bonus.covered * covered / 1'000) / 1'000 * (1'000 + bonus.further * further) / 1'000;
  const std::uint64_t share = information == 0 ? 0 : std::uint64_t{sum.met} * 1000 / information;
  score = doubled(score, likelier(sum, fact, share, covered));
  return {static_cast<std::uint32_t>(std::min<std::uint64_t>(score, 0xFFFF'FFFF)), static_cast<std::uint32_t>(share)};
}

// By the places of the evidence; facts that no bonus could bring near the best one score 0.
std::vector<Scored> score_facts(const IndexTables& tables, const Evidence& evidence, bool gated) {
  std::uint32_t most = 0;
  for (const FactEvidence& sum : evidence.facts) most = std::max(most, sum.score);
  const std::uint32_t least = std::max<std::uint32_t>(gated ? most / 32 : 0, 1);
  std::vector<Scored> scores(evidence.facts.size());
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (const FactEvidence& sum = evidence.facts[i]; sum.score >= least)
      scores[i] = score_of(sum, tables.measures[sum.fact], evidence.information);
  return scores;
}

bool is_before(const IndexTables& tables, const Recalled& a, const Recalled& b) {
  if (a.score != b.score) return a.score > b.score;
  return tables.read(tables.facts[a.fact].id) < tables.read(tables.facts[b.fact].id);
}

// The expired fact that scores best: a prompt that asks for one must get silence, not the next best fact.
Recalled best_expired(const IndexTables& tables, const Evidence& evidence, const std::vector<Scored>& scores,
                      const std::vector<std::uint8_t>& told) {
  Recalled best;
  for (const Expiry& expiry : tables.expiries) {
    if (expiry.fact >= told.size() || told[expiry.fact] != 0) continue;
    const std::uint32_t place = evidence.place_of[expiry.fact];
    if (place == 0 || scores[place - 1].score == 0) continue;
    const Recalled one = {expiry.fact, scores[place - 1].score, scores[place - 1].share, 0, 0};
    if (best.score == 0 || is_before(tables, one, best)) best = one;
  }
  return best;
}

// A search by words returns every scoring fact except those that fit far worse than an expired one.
std::vector<Recalled> all_of(const IndexTables& tables, const Evidence& evidence, const std::vector<Scored>& scores,
                             const std::vector<std::uint8_t>& told, const Recalled& expired, std::size_t limit) {
  std::vector<Recalled> all;
  const std::uint32_t least = std::max<std::uint32_t>(expired.score / 10, 1);
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (const std::uint32_t fact = evidence.facts[i].fact; told[fact] != 0 && scores[i].score >= least)
      all.push_back({fact, scores[i].score, scores[i].share, 0, 0});
  std::sort(all.begin(), all.end(), [&](const Recalled& a, const Recalled& b) { return is_before(tables, a, b); });
  if (all.size() > limit) all.resize(limit);
  return all;
}

// Counts the prompt's words by the facts that they meet: the best one, only others, or none.
void look_at_agreement(const Evidence& evidence, const FactEvidence& best, Signals& signals) {
  for (std::size_t i = 0; i < evidence.positions.size(); ++i) {
    const Position& at = evidence.positions[i];
    if (!at.counts) continue;
    if ((best.met_at >> std::min<std::size_t>(i, 63) & 1) != 0) {
      ++signals.met;
    } else if (at.is_met) {
      ++signals.elsewhere;
    } else {
      ++signals.unknown;
      signals.unknown_special += at.special ? 1 : 0;
    }
  }
  signals.from_one = best.score == 0 ? 0 : static_cast<std::uint32_t>(std::uint64_t{best.most} * 1000 / best.score);
  signals.by_subject = best.by_subject;
}

Signals look_at(const IndexTables& tables, const Evidence& evidence, const Reading& reading, const Levels& levels,
                const Query& query) {
  const std::vector<Recalled>& ranked = levels.best;
  Signals signals;
  signals.words = reading.words;
  signals.chat = reading.chat;
  signals.general = evidence.general;
  signals.pointed_at = evidence.pointed_at;
  look_at_prompt(query.prompt, signals);
  if (ranked.empty()) return signals;
  const Recalled& first = ranked.front();
  const std::uint32_t place = evidence.place_of[first.fact];
  const FactEvidence best = place == 0 ? FactEvidence() : evidence.facts[place - 1];
  signals.phrases = best.phrases;
  signals.exact = best.exact;
  signals.known = best.known;
  signals.covered = static_cast<std::uint32_t>(covered_of(best, tables.measures[first.fact]));
  signals.best = first.score;
  signals.second = ranked.size() > 1 ? ranked[1].score : 0;
  signals.share = first.share;
  look_at_agreement(evidence, best, signals);
  signals.likeness = first.likeness;
  signals.likest = levels.likest;
  signals.level = first.level;
  signals.lead = ranked.size() > 1 ? signals.level - ranked[1].level : 0;
  for (const Recalled& one : ranked)
    signals.rivals += std::uint64_t{one.score} * 3 >= std::uint64_t{signals.best} * 2 ? 1 : 0;
  return signals;
}

}  // namespace

Answer recall(const Index& index, const Query& query) {
  const IndexTables& tables = index.tables();
  Answer answer;
  const Visible visible = visible_to(tables, query);
  if (visible.count == 0) return answer;
  const Reading reading = read_terms(index.lexicon(), query.prompt);
  if (reading.from_host || reading.terms.empty()) return answer;
  const Evidence evidence = collect_evidence(tables, visible, reading);
  const std::vector<Scored> scores = score_facts(tables, evidence, query.gated);
  // The expired facts take part until the ranking is known, then they are set aside: the gate must hear of the best.
  const std::vector<std::uint8_t> told = told_of(tables, visible, query.now);
  const Recalled expired = best_expired(tables, evidence, scores, told);
  const PromptMeaning meaning = meaning_of_prompt(*query.meanings, meaning_keys(reading, query.prompt));
  const Levels levels =
      levels_of(tables, scores, evidence.place_of, told, meaning, std::max(query.gated ? query.limit : 0, most_rivals));
  answer.signals = look_at(tables, evidence, reading, levels, query);
  if (expired.score != 0 && evidence.facts[evidence.place_of[expired.fact] - 1].exact != 0)
    answer.signals.over = expired.score;
  answer.signals.points = points(answer.signals);
  if (!query.gated) {
    answer.facts = all_of(tables, evidence, scores, told, expired, query.limit);
    return answer;
  }
  if (levels.best.empty() || (query.decides && answer.signals.points < 0)) return answer;
  for (const Recalled& one : levels.best)
    if (answer.facts.size() < query.limit && (!query.decides || one.level + bonus.least >= levels.best.front().level))
      answer.facts.push_back(one);
  return answer;
}

}  // namespace cascade::recall
