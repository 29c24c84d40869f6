// Finds the facts that a prompt needs, if any.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/fact.h"
#include "facts/index_file.h"

namespace cascade::recall {

// What the words of a prompt say for each fact.

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

// The decision whether to recall anything, from signals about the prompt and the best facts.

// The gate's input.
struct Signals {
  std::uint32_t facts = 0;  // that may be told
  // The prompt alone.
  std::uint32_t words = 0;    // words with a meaning of their own
  std::uint32_t general = 0;  // of these, words of general programming or of the conversation
  // The best facts.
  std::uint32_t best = 0;     // score of the best fact
  std::uint32_t share = 0;    // the best fact's share of the prompt's information; per mille
  std::uint32_t exact = 0;    // words of the prompt that the best fact contains
  std::uint32_t known = 0;    // information in those words, in 64ths of a bit
  std::uint32_t covered = 0;  // share of its subject that the prompt contains; per mille
  std::uint32_t phrases = 0;  // phrases of the prompt that ask for its topic
  // How the words of the prompt agree on the best fact.
  std::uint32_t elsewhere = 0;        // words that only other facts meet
  std::uint32_t unknown = 0;          // words that no fact meets
  std::uint32_t unknown_special = 0;  // of these, words that are not plain English
  std::uint32_t others = 0;           // names in a question, which no fact has: it asks about somebody else
  bool asks_of_other = false;         // one of them is who does it, or where it is done
  std::uint32_t from_one = 0;         // share of the score that comes from one word, the heaviest; per mille
  std::uint32_t by_subject = 0;       // words that its subject meets
  // What was learned from pairs; 64: twice as likely.
  std::int32_t likeness = 0;  // of the best fact
  std::int32_t level = 0;     // of the best fact, by words and likeness together; 0: no fact
  std::int32_t over = 0;      // level of the best expired fact that has a word of the prompt
  std::int32_t points = 0;
};

std::string_view general_words() noexcept;  // general.tsv

// Points of 0 or more open the gate.
std::int32_t points(const Signals& signals) noexcept;

struct Recalled {
  std::uint32_t fact = 0;  // in the index
  std::uint32_t score = 0, share = 0;
  // Only of gated answers; 64: twice as likely the right one.
  std::int32_t likeness = 0;  // to the prompt, as learned from pairs
  std::int32_t level = 0;     // by score and likeness together
};

struct Query {
  std::string_view prompt;
  Place place;
  bool any_user = false, any_team = false;  // any owner's facts rather than only the place's
  std::int64_t now = 0;
  std::vector<std::string> said{};  // ids of facts that the prompt itself says: not told
  std::size_t limit = 3;
  bool gated = true;                      // false: return every scoring fact, for a search by words
  bool decides = true;                    // false: tell facts whatever the gate says, to measure them
  MeaningRows meanings = meaning_rows();  // those that the index was built with
};

struct Answer {
  std::vector<Recalled> facts;  // best first; empty: silence
  Signals signals;
};

Answer recall(const Index& index, const Query& query);

// The facts that hold at the query's place and time, and one of them as a sentence: subject and text.
std::vector<std::uint32_t> told_at(const Index& index, const Query& query);
std::string statement(const Index& index, std::uint32_t fact);

// Facts as text for a model: quoted, with their source, under a heading that explains them.

// One line: subject, text between quotation marks, source, author of a team's fact, date. Whatever the fact says, it
// stays on that line and between those marks: line feeds, section marks, tags and quotation marks are removed or
// replaced.
std::string quote(const Fact& fact);

// Text of a fact without what a model could take for a tag, for a section or for a word of Cascade, in any case.
std::string without_marks(std::string text);
// JSON in which no text holds a tag or a mark of ours; parsed, it says the same.
std::string without_marks_in_json(std::string_view json);

// The hash and the name under which the ledger records a fact.
std::uint64_t hash_of(const Fact& fact);
std::string name_of(const Fact& fact);  // "memory:ID"

// The facts that fit, from the index in `state_directory`. The best come first within each scope. None is among `held`
// (content hashes, sorted); together with their headings they take at most `most` tokens. Empty if the index cannot be
// read.
std::vector<Quote> quotes_for(const Query& query, const std::string& state_directory, const TokenCounter& counter,
                              TokenCount most, std::vector<std::uint64_t> held);

}  // namespace cascade::recall
