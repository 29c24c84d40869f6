// Finds the facts that a prompt needs, if any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/evidence.h"
#include "facts/fact.h"
#include "facts/index_file.h"

namespace cascade::recall {

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

}  // namespace cascade::recall
