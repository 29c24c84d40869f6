// The compiled lexicon: maps phrases of people to concepts and is read in place from the router's block.
//
// A phrase is a set of items that must occur near each other in one sentence, in any order. Any of an item's
// alternatives meets the item; an alternative is a word or a few words in a row. Words and such rows are numbered as
// signs.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

constexpr std::uint32_t no_sign = 0xffffffffU;

// How a phrase belongs to its concept. is: the words name it. says: people who need it say so. hints: others say so
// too.
enum class Tie : std::uint8_t { is, says, hints };

struct PatternRecord {
  std::uint32_t items = 0;  // first of `item_count` in PatternTables::items
  std::uint16_t item_count = 0;
  std::uint16_t anchor = 0;  // the item whose signs lead to this pattern
  std::uint16_t concept_id = 0;
  std::uint8_t tie = 0, words = 0;  // words: the least number that the phrase has
};

struct ItemRecord {
  std::uint32_t alternatives = 0;       // first of `count` in PatternTables::alternatives
  std::uint16_t count = 0, absent = 0;  // absent: 1: none of them may occur in the sentence
};

struct RowRecord {                    // some words in a row
  std::uint32_t sign = 0, words = 0;  // words: first of `count` in PatternTables::row_words
  std::uint32_t count = 0;
};

struct SignSlice {
  std::uint32_t begin = 0, count = 0;
};

struct PatternTables {
  Span<PatternRecord> patterns;
  Span<ItemRecord> items;
  Span<std::uint32_t> alternatives;
  Span<SignSlice> rows_by_word;  // by the sign of the first word, into rows
  Span<RowRecord> rows;
  Span<std::uint32_t> row_words;
  Span<SignSlice> anchors_by_sign;  // into anchors
  Span<std::uint32_t> anchors;      // patterns
};

// A text as the matcher sees it: at each position at most two signs (an identifier as a whole and its first part).
struct SignText {
  std::vector<std::uint32_t> signs, wholes;
  std::vector<std::uint32_t> sentences;
  void clear();
  void add(std::uint32_t sign, std::uint32_t whole, std::uint32_t sentence);
};

struct PatternHit {
  std::uint32_t pattern = 0, position = 0;  // position: of the anchor
  std::uint32_t places = 0;                 // first of item_count in PatternHits::places; absent items have no_sign
};

struct PatternHits {
  std::vector<PatternHit> hits;       // by pattern, each at most once
  std::vector<std::uint32_t> places;  // positions
  std::vector<std::uint8_t> in_row;   // by position of the text: 1 when some words in a row cover it
};

// Rules out most phrases of a sentence with one look-up each: items with the same alternatives form a class, and a
// class without a sign in the sentence is not met anywhere in it.
struct ItemClasses {
  static constexpr std::uint32_t always = 0, never = 1;  // every sentence meets `always`, none meets `never`

  Span<std::uint32_t> by_item;    // always: needs no look-up, as for anchors
  Span<std::uint32_t> by_anchor;  // of PatternTables::anchors: the item that the phrase needs besides its anchor, of
                                  // several items the one with the fewest signs; never: it is not looked for
  Span<SignSlice> by_sign;        // into `classes`
  Span<std::uint32_t> classes;
};

// Finds all phrases in a text, each at most once. A phrase of one word does not count where a longer row of words in
// the lexicon covers it ("log" in "log out"). An index out of range reads as an empty table.
class PatternMatcher {
 public:
  // Classes pay off for many texts. Without them every phrase is tried.
  explicit PatternMatcher(const PatternTables& tables, const ItemClasses& classes = {});
  void match(const SignText& text, PatternHits& found);

 private:
  struct Seen {
    std::uint32_t sign = 0, position = 0, words = 1;
  };
  // The signs within reach of a position, in its sentence.
  struct Reach {
    std::uint32_t position = no_sign;
    const Seen *begin = nullptr, *end = nullptr;
    std::uint64_t bits = 0;  // a 64-bit filter of the signs at other positions
  };
  void note(std::uint32_t sign, std::uint32_t position, std::uint32_t words);
  void find_rows(const SignText& text, std::uint32_t position, std::uint32_t sign, std::vector<std::uint8_t>& in_row);
  void see(const SignText& text, std::vector<std::uint8_t>& in_row);
  Reach reach_of(const SignText& text, std::uint32_t position) const;
  std::uint32_t near(const ItemRecord& item, const Reach& reach) const;
  bool in_sentence(const ItemRecord& item, const SignText& text, std::uint32_t position);
  bool holds(const PatternRecord& pattern, const SignText& text, std::uint32_t position,
             std::vector<std::uint32_t>& places);
  void meet(const SignText& text, const Seen* first);
  bool is_met(std::uint32_t item_class) const { return item_class < met_.size() && met_[item_class] == sentence_; }
  bool may_hold(const PatternRecord& pattern) const;

  const PatternTables& tables_;
  ItemClasses classes_;
  std::vector<std::uint32_t> met_;    // by class: the last sentence that met it
  std::uint32_t sentence_ = 0;        // of all texts together, counted from 1
  std::vector<Seen> seen_;            // by position
  std::vector<std::uint32_t> first_;  // by position: index of its first sign in seen_; then the end of seen_
  Reach reach_;                       // of the current position, once needed
  std::vector<Seen> by_sign_;         // seen_ by sign and position, once needed
};

}  // namespace cascade::route
