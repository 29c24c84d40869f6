// What the words of a prompt say for each fact.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/index_file.h"

namespace cascade::recall {

// The facts that a place may see, a flag for each fact of the index; bytes are read faster than bits.
struct Visible {
  std::vector<std::uint8_t> flags;
  std::uint32_t count = 0;  // of facts

  bool has(std::uint32_t fact) const noexcept { return fact < flags.size() && flags[fact] != 0; }
};

// What one word of the prompt says for a fact, while that word's terms are read.
struct WordEvidence {
  std::uint32_t score = 0, subject = 0;
  bool is_touched = false;
  bool is_exact = false;   // the word itself matched, not a synonym, topic or concept
  bool is_phrase = false;  // a phrase asks for it
};

// How much of a term's weight a fact gets by where it has the term; per mille.
struct Shares {
  std::uint64_t subject = 0, text = 0, most = 0;
};

// A term that facts have, and what it says for them.
struct Witness {
  Span<FactPosting> postings;
  std::uint64_t weight = 0;
  Shares shares;
  std::uint32_t kind_worth = 0;
  bool is_exact = false, is_phrase = false;
};

struct FactEvidence {
  std::uint64_t met_at = 0;  // a bit for each position; those from the 64th on share one
  std::uint32_t fact = 0;
  std::uint32_t score = 0, met = 0, subject = 0;
  std::uint32_t known = 0;
  std::uint32_t most = 0;                                           // the largest part of the score from one position
  std::uint16_t words = 0, exact = 0, phrases = 0, by_subject = 0;  // words of the prompt
  WordEvidence word;
};

// A word of the prompt.
struct Position {
  bool counts = false;   // has a word or a foreign word
  bool is_met = false;   // by any fact
  bool is_said = false;  // by a fact that has the word itself
  bool special = false;  // its word is of class special
  bool is_party = false;
  std::uint32_t information = 0;
  std::size_t end = 0;  // of its witnesses; they begin where those of the position before end
};

struct Evidence {
  std::vector<std::uint32_t> sums;      // by fact: of the scores of all words
  std::vector<std::uint8_t> words;      // by fact: at least as many words of the prompt meet it; 255: or more
  std::vector<FactEvidence> facts;      // those of which more was asked
  std::vector<std::uint32_t> place_of;  // by fact: 1 + its place in `facts`; 0: it has none
  std::vector<Position> positions;
  std::vector<Witness> witnesses;
  std::uint32_t information = 0;  // of all words that count, in 64ths of a bit
  std::uint32_t general = 0;      // words of general programming or of the conversation
};

// Only the sums. O(postings of the prompt's terms + facts).
Evidence collect_evidence(const IndexTables& tables, const Visible& visible, const Reading& reading);

// What is known of one fact. O(terms of the prompt * log postings).
FactEvidence evidence_for(const Evidence& evidence, std::uint32_t fact);

// What the words of a prompt that a fact has are worth together.

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
  Scored of(std::uint32_t fact) const;           // REQUIRES: knows(fact)
  std::uint32_t most(std::uint32_t fact) const;  // no less than the fact's score
  std::uint32_t best() const;
  void add(const std::vector<std::uint32_t>& facts);  // scores facts that are not known

  const Evidence& evidence() const { return evidence_; }

 private:
  const IndexTables& tables_;
  Evidence evidence_;
  std::vector<Scored> scores_;               // by place
  std::uint32_t least_ = ~std::uint32_t{0};  // facts with a smaller sum score 0
};

}  // namespace cascade::recall
