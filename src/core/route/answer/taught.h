// Combines the lessons from prompts with the scores from the library's own words.
#pragma once

#include "route/answer/score.h"
#include "route/learned.h"

namespace cascade::route {

// The lessons applied to one prompt. All differences are in 64ths of a bit.
class Taught {
 public:
  // `kinds`: those that were asked for; empty: all.
  Taught(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
         const std::vector<Kind>& kinds);

  bool speaks() const { return taught_; }  // true: the manifest that they know best is of a kind that may answer
  // Lowers each entry's score by how much better the best class explains the prompt than the entry's own class. Adds
  // entries that lessons cover and that no word of the prompt matched. Sorts best first, ties by entry.
  void combine(std::vector<Ranked>& order);

  // How much better the best manifest's class explains the prompt than the best class that needs nothing.
  std::int32_t need() const { return best_ - nothing_; }
  // How much better the best class that asks for work explains the prompt than the best that needs nothing.
  std::int32_t work() const { return requests_ - nothing_; }
  // How much better the best class of idle talk explains the prompt than any class that asks for work.
  std::int32_t idle() const { return idle_ - work_; }
  std::int32_t of(std::uint32_t entry) const;     // how far an entry's class is behind the best; 0 or less
  std::int32_t ahead(std::uint32_t entry) const;  // how far it is ahead of the best other entry
  const Features& features() const { return features_; }
  std::uint32_t best_before() const { return best_before_; }  // the best score from the library's own words alone

 private:
  const Tables& tables_;
  Features features_;
  std::optional<LearnedScores> scores_;
  bool taught_ = false;
  std::uint32_t best_before_ = 0;
  std::int32_t best_ = 0, nothing_ = 0, idle_ = 0, work_ = 0, requests_ = 0;
};

// What lessons are learned about: stems, pairs of stems, concepts, letters. Stems do not depend on the library, except
// for misspelt words, which count as their correction.
Features features_of(const Tables& tables, const Prompt& prompt, const Scorer& scorer);

// The texts of the features, for explanations, in the order of LearnedGain::feature.
std::vector<std::string> feature_texts(const Tables& tables, const Prompt& prompt, const Scorer& scorer,
                                       const Features& features);

}  // namespace cascade::route
