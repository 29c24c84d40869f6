// The gate adds up points: each signal of the prompt, of the best fact and of how the prompt's words agree on that
// fact, capped or as a logarithm, is multiplied by a weight and added to a constant. A sum below 0 keeps recall
// silent. It is a linear sum, so that each signal's part in a decision can be read off.
//
// The weights were fitted by logistic regression to the questions of 20 organisations, to other organisations'
// questions asked in their stores, and to ordinary work (scripts/recall-gate): the gate asks whether the fact fits, not
// what kind of prompt it is. docs/measurements.md has results for sets that took no part in the fit.
#include "facts/recall.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "facts/meaning.h"
#include "facts/terms.h"
#include "route/vocabulary.h"
#include "route/words.h"
#include "text/word_set.h"

namespace cascade::recall {
namespace {

struct Weights {
  std::int32_t always = -3'229, few = 412, many = -360, best = 438, words = -2'605, share = 647, covered = 197,
               known = 1'476, phrase = -435, matter = 854, general = 989, over = -541;
  std::int32_t exact_one = -1'203, exact_two = -714, exact_three = 969, others = -782, elsewhere = 143, unknown = 222,
               unknown_special = -152, from_one = -1'205, by_subject = -107, likeness = 798, level = -285;
};
constexpr Weights weights;

}  // namespace

std::vector<std::uint32_t> general_keys() {
  std::vector<std::uint32_t> keys;
  route::Stemmer stemmer;
  letters::each_word(general_words(), [&](std::string_view word) { keys.push_back(key_of(word, stemmer)); });
  std::sort(keys.begin(), keys.end());
  return keys;
}

namespace {

std::int32_t log2_of(std::uint64_t value) { return static_cast<std::int32_t>(log2_64(value + 1)); }
std::int32_t at_most(std::uint32_t count, std::uint32_t most) {
  return static_cast<std::int32_t>(std::min(count, most));
}

// What the prompt says by itself, whatever facts there are. Counts are capped, so that a long prompt does not win by
// its length.
std::int32_t points_of_prompt(const Signals& s) {
  const std::uint32_t general = std::min(s.general, s.words), words = std::max(s.words, 1U);
  std::int32_t sum = weights.words * log2_of(s.words) / 64 + weights.matter * at_most(s.words - general, 4);
  return sum + weights.general * at_most(general, 100) / at_most(words, 100);
}

// What the number of facts says: the more there are, the more often one of them has a prompt's words by chance.
std::int32_t points_of_store(const Signals& s) {
  const auto facts = static_cast<std::int32_t>(log2_64(std::max(s.facts, 1U)));
  const auto usual = static_cast<std::int32_t>(log2_64(usual_facts));
  return (weights.few * std::max(usual - facts, 0) + weights.many * std::max(facts - usual, 0)) / 64;
}

std::int32_t points_of_best(const Signals& s) {
  std::int32_t sum = weights.best * log2_of(s.best) / 64;
  sum += weights.share * at_most(s.share, 1'000) / 1'000 + weights.covered * at_most(s.covered, 1'000) / 1'000;
  if (s.exact >= 1) sum += weights.exact_one;
  if (s.exact >= 2) sum += weights.exact_two;
  if (s.exact >= 3) sum += weights.exact_three;
  sum += weights.known * at_most(s.known, 1'500) / 640;
  sum += weights.phrase * at_most(s.phrases, 2);
  return sum + (weights.likeness * s.likeness + weights.level * s.level) / 64;
}

std::int32_t points_of_agreement(const Signals& s) {
  std::int32_t sum = weights.others * at_most(s.others, 2) + weights.elsewhere * at_most(s.elsewhere, 3) +
                     weights.unknown * at_most(s.unknown, 3) + weights.unknown_special * at_most(s.unknown_special, 2);
  sum += weights.from_one * at_most(s.from_one, 1'000) / 1'000;
  return sum + weights.by_subject * at_most(s.by_subject, 3);
}

}  // namespace

std::int32_t points(const Signals& s) noexcept {
  if (s.level <= 0 || s.asks_of_other) return -1;
  // An expired fact that fits much better than any valid one is the fact that the prompt asks for: silence.
  const std::int32_t over = s.over <= 0 ? 0 : std::clamp(s.over - s.level + 64, 0, 128);
  if (over == 128) return -1;  // twice as good
  return weights.always + points_of_store(s) + points_of_prompt(s) + points_of_best(s) + points_of_agreement(s) +
         weights.over * over / 64;
}

// A fact's level is its likeness plus the doublings of its score above a base, which lies seven below the best score: a
// fact without a word of the prompt has the level of one that fits 128 times worse than the best, and likeness can lift
// it above. The base never lies so low that a poor best score would look like a good one.

namespace {

constexpr std::int32_t deep = 7 * 64, least_top = 10 * 64;

std::int32_t doublings(std::uint32_t score) { return static_cast<std::int32_t>(log2_64(std::uint64_t{score} + 1)); }

// The facts with the highest levels so far.
class Highest {
 public:
  Highest(const IndexTables& tables, const Scores& scores, std::size_t most)
      : tables_(tables), scores_(scores), most_(most), base_(std::max(doublings(scores.best()), least_top) - deep) {}

  std::int32_t base() const { return base_; }

  // REQUIRES: the fact's score is known. False: the fact is not among them.
  bool offer(std::uint32_t fact, std::int32_t near) {
    const Scored scored = scores_.of(fact);
    Recalled one = {fact, scored.score, scored.share, likeness(near), 0};
    one.level = one.likeness + above_base(one.score, base_);
    if (one.level <= 0 || (best_.size() == most_ && !is_before(one, best_.back()))) return false;
    if (best_.size() == most_) best_.pop_back();
    best_.insert(std::upper_bound(best_.begin(), best_.end(), one,
                                  [&](const Recalled& a, const Recalled& b) { return is_before(a, b); }),
                 one);
    return true;
  }

  // Whether no score can lift a fact that is so near above the last of them.
  bool is_out_of_reach(std::int32_t near) const {
    return best_.size() == most_ && likeness(near) + deep < best_.back().level;
  }
  bool is_out_of_reach(std::int32_t near, std::uint32_t most_score) const {
    return best_.size() == most_ && likeness(near) + above_base(most_score, base_) < best_.back().level;
  }

  std::vector<Recalled> take() { return std::move(best_); }

 private:
  bool is_before(const Recalled& a, const Recalled& b) const {
    if (a.level != b.level) return a.level > b.level;
    return tables_.read(tables_.facts[a.fact].id) < tables_.read(tables_.facts[b.fact].id);
  }

  const IndexTables& tables_;
  const Scores& scores_;
  std::size_t most_;
  std::int32_t base_;
  std::vector<Recalled> best_;
};

}  // namespace

std::int32_t above_base(std::uint32_t score, std::int32_t base) {
  return score == 0 ? 0 : std::max(doublings(score) - base, 0);
}

// Facts whose score is known come first: against their levels most others can be passed over by likeness alone.
Levels levels_of(const IndexTables& tables, Scores& scores, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most) {
  Highest highest(tables, scores, most);
  const Evidence& evidence = scores.evidence();
  for (const FactEvidence& one : evidence.facts) {
    if (told[one.fact] == 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[one.fact]);
    highest.offer(one.fact, near);
  }
  std::vector<std::uint32_t> further;
  std::int32_t rejected = 0;  // nearness of a fact without a word that lay too low: any that lies lower is, too
  std::int32_t hopeless = std::numeric_limits<std::int32_t>::min();  // the same for any score
  for (std::uint32_t fact = 0; fact < told.size(); ++fact) {
    if (told[fact] == 0 || evidence.place_of[fact] != 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[fact]);
    if (near < hopeless) continue;
    if (scores.knows(fact)) {
      if (near >= rejected && !highest.offer(fact, near)) rejected = near;
    } else if (highest.is_out_of_reach(near)) {
      hopeless = near;
    } else if (!highest.is_out_of_reach(near, scores.most(fact))) {
      further.push_back(fact);
    }
  }
  scores.add(further);
  for (const std::uint32_t fact : further) highest.offer(fact, nearness(prompt, tables.meanings[fact]));
  Levels levels;
  levels.best = highest.take();
  levels.base = highest.base();
  return levels;
}

}  // namespace cascade::recall
