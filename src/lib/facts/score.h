// What the words of a prompt that a fact has are worth together.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/evidence.h"

namespace cascade::recall {

// By the words that a fact shares with the prompt.
struct Scored {
  std::uint32_t score = 0;  // comparable within one index; 0: none that counts
  std::uint32_t share = 0;  // the part of the prompt's information that the fact meets; per mille
};

// How much of the fact's subject the prompt has; per mille.
std::uint64_t covered_of(const FactEvidence& sum, const FactMeasure& fact);

class Scores {
 public:
  // Scores all facts that may have the best score and all that are not told; ungated, all facts with any evidence.
  Scores(const IndexTables& tables, Evidence evidence, const std::vector<std::uint8_t>& told, bool gated);

  // False: the fact has a score that was not asked for yet.
  bool knows(std::uint32_t fact) const { return evidence_.place_of[fact] != 0 || evidence_.sums[fact] < least_; }
  // REQUIRES: knows(fact).
  Scored of(std::uint32_t fact) const;
  // No less than the fact's score.
  std::uint32_t most(std::uint32_t fact) const;
  std::uint32_t best() const;
  // Scores facts that are not known.
  void add(const std::vector<std::uint32_t>& facts);

  const Evidence& evidence() const { return evidence_; }

 private:
  const IndexTables& tables_;
  Evidence evidence_;
  std::vector<Scored> scores_;               // by place
  std::uint32_t least_ = ~std::uint32_t{0};  // facts with a smaller sum score 0
};

}  // namespace cascade::recall
