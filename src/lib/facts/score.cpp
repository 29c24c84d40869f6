// The sum of a fact's evidence is corrected for its length and trust, for how much of its subject and of the prompt is
// met, and for how it is met. A score is known only of facts that were asked for: of those that may have the best one
// at once, of others when likeness makes them interesting. The greatest score that a sum allows says which.
#include "facts/score.h"

#include <algorithm>
#include <array>
#include <utility>

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
};
constexpr Bonus bonus;
// A fact with less than this part of the greatest sum scores 0.
constexpr std::uint32_t out_of_reach = 32;

}  // namespace

std::uint64_t covered_of(const FactEvidence& sum, const FactMeasure& fact) {
  return std::min<std::uint64_t>(
      1'000, std::uint64_t{sum.subject} * 1'000 / std::max<std::uint32_t>(fact.subject_length, 1'000));
}

namespace {

constexpr std::uint32_t most_met = 5, most_phrases = 3, most_in_subject = 4, most_known = 2'000;  // that count

// A long text is more likely to have a word by chance.
std::uint64_t by_length(std::uint32_t sum, const FactMeasure& fact) {
  const std::uint64_t length = 12'000 + std::min<std::uint32_t>(fact.length, 60'000) * 3 / 10;
  return std::uint64_t{sum} * 16'000 / length * fact.trust / 100;
}

std::uint64_t with_words(std::uint64_t score, std::uint64_t covered, std::uint32_t words) {
  const std::uint64_t further = std::clamp<std::uint64_t>(words, 1, most_met) - 1;
  return score * (1'000 + bonus.covered * covered / 1'000) / 1'000 * (1'000 + bonus.further * further) / 1'000;
}

// The bonuses for what a fact has of the prompt, in 64ths of a doubling.
constexpr std::uint32_t likelier(const FactEvidence& sum, std::uint64_t share, std::uint64_t covered) {
  return bonus.by_exact * std::min<std::uint32_t>(sum.exact, most_met) +
         bonus.by_known * std::min<std::uint32_t>(sum.known, most_known) / 640 +
         bonus.by_phrase * std::min<std::uint32_t>(sum.phrases, most_phrases) +
         bonus.by_subject_word * std::min<std::uint32_t>(sum.by_subject, most_in_subject) +
         static_cast<std::uint32_t>((bonus.by_share * std::min<std::uint64_t>(share, 1'000) +
                                     bonus.by_covered * std::min<std::uint64_t>(covered, 1'000)) /
                                    1'000);
}

// score * 2^(points / 64), linear between two powers. `points`: without those for the fact itself.
std::uint32_t doubled(std::uint64_t score, std::uint32_t points, const FactMeasure& fact) {
  if (static_cast<Scope>(fact.scope) == Scope::project) points += bonus.by_project;
  points += bonus.by_length * fact.brevity / 64;
  score = score * (64 + points % 64) / 64 << std::min<std::uint32_t>(points / 64, 24);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(score, 0xFFFF'FFFF));
}

Scored score_of(const FactEvidence& sum, const FactMeasure& fact, std::uint32_t information) {
  const std::uint64_t covered = covered_of(sum, fact);
  const std::uint64_t share = information == 0 ? 0 : std::uint64_t{sum.met} * 1000 / information;
  const std::uint64_t score = with_words(by_length(sum.score, fact), covered, sum.words);
  return {doubled(score, likelier(sum, share, covered), fact), static_cast<std::uint32_t>(share)};
}

// The bonuses that so many words can give at most.
constexpr std::array<std::uint32_t, most_met + 1> most_likelier = [] {
  std::array<std::uint32_t, most_met + 1> all{};
  for (std::uint16_t words = 0; words <= most_met; ++words) {
    FactEvidence most;
    most.exact = most.phrases = most.by_subject = words;
    most.known = most_known;
    all[words] = likelier(most, 1'000, 1'000);
  }
  return all;
}();

}  // namespace

Scores::Scores(const IndexTables& tables, Evidence evidence, const std::vector<std::uint8_t>& told, bool gated)
    : tables_(tables), evidence_(std::move(evidence)) {
  const std::vector<std::uint32_t>& sums = evidence_.sums;
  const auto greatest = std::max_element(sums.begin(), sums.end());
  if (greatest == sums.end() || *greatest == 0) return;
  least_ = std::max<std::uint32_t>(gated ? *greatest / out_of_reach : 0, 1);
  std::uint32_t reached = 0;
  if (gated) {
    const auto first = static_cast<std::uint32_t>(greatest - sums.begin());
    reached = score_of(evidence_for(evidence_, first), tables_.measures[first], evidence_.information).score;
  }
  std::vector<std::uint32_t> facts;
  for (std::uint32_t fact = 0; fact < sums.size(); ++fact)
    if (sums[fact] >= least_ && (told[fact] == 0 || most(fact) >= reached)) facts.push_back(fact);
  add(facts);
}

void Scores::add(const std::vector<std::uint32_t>& facts) {
  if (facts.empty()) return;
  add_details(facts, evidence_);
  scores_.reserve(evidence_.facts.size());
  while (scores_.size() < evidence_.facts.size()) {
    const FactEvidence& sum = evidence_.facts[scores_.size()];
    scores_.push_back(score_of(sum, tables_.measures[sum.fact], evidence_.information));
  }
}

Scored Scores::of(std::uint32_t fact) const {
  const std::uint32_t place = evidence_.place_of[fact];
  return place == 0 ? Scored() : scores_[place - 1];
}

std::uint32_t Scores::best() const {
  std::uint32_t best = 0;
  for (const Scored& one : scores_) best = std::max(best, one.score);
  return best;
}

std::uint32_t Scores::most(std::uint32_t fact) const {
  const FactMeasure& measure = tables_.measures[fact];
  const std::uint32_t words = std::min<std::uint32_t>(evidence_.words[fact], most_met);
  return doubled(with_words(by_length(evidence_.sums[fact], measure), 1'000, words), most_likelier[words], measure);
}

}  // namespace cascade::recall
