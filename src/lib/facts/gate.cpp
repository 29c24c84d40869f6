// The gate adds up points: each signal of the prompt, of the best fact and of how the prompt's words agree on that
// fact, capped or as a logarithm, is multiplied by a weight and added to a constant. A sum below 0 keeps recall
// silent. It is a linear sum, so that each signal's part in a decision can be read off.
//
// The weights were fitted by logistic regression to the questions of 20 organisations, to other organisations'
// questions asked in their stores, and to ordinary work (scripts/recall-gate): the gate asks whether the fact fits, not
// what kind of prompt it is. docs/measurements.md has results for sets that took no part in the fit.
#include "facts/recall.h"

#include <algorithm>

#include "facts/meaning.h"
#include "facts/terms.h"

namespace cascade::recall {
namespace {

struct Weights {
  std::int32_t always = -3'229, few = 412, many = -360, best = 438, words = -2'605, share = 647, covered = 197,
               known = 1'476, phrase = -435, matter = 854, general = 989, over = -541;
  std::int32_t exact_one = -1'203, exact_two = -714, exact_three = 969, others = -782, elsewhere = 143, unknown = 222,
               unknown_special = -152, from_one = -1'205, by_subject = -107, likeness = 798, level = -285;
};
constexpr Weights weights;

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

}  // namespace cascade::recall
