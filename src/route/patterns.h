// The lexicon compiled: phrases of people mapped to concepts, read in place from the router's block.
//
// A phrase is a set of items that must stand near each other in one sentence, in any order; an item is met by any of
// its alternatives; an alternative is a word or a few words in a row. Words and such rows are numbered as signs.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

constexpr std::uint32_t no_sign = 0xffffffffU;

// How a phrase belongs to its concept. is: the words name it. says: people say so who need it. hints: so do others.
enum class Tie : std::uint8_t { is, says, hints };

struct PatternRecord {
  std::uint32_t items = 0;  // first of `item_count` in PatternTables::items
  std::uint16_t item_count = 0;
  std::uint16_t anchor = 0;  // the item whose signs lead to this pattern
  std::uint16_t concept_id = 0;
  std::uint8_t tie = 0, words = 0;  // words: how many the phrase has at least
};

struct ItemRecord {
  std::uint32_t alternatives = 0;       // first of `count` in PatternTables::alternatives
  std::uint16_t count = 0, absent = 0;  // absent: none of them may stand in the sentence
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

// A bit of 64 for each sign. The filter of a phrase has those of the item beside the anchor that has the fewest signs:
// where no word within reach of the anchor shares a bit with it, the phrase does not stand. A phrase that needs no word
// beside its anchor has the bit that every place has; one that is not looked for has none.
using SignBits = std::uint64_t;
constexpr SignBits bit_of(std::uint32_t sign) noexcept { return SignBits{1} << sign % 64; }
constexpr SignBits every_place = SignBits{1} << 63;
SignBits filter_of(const PatternTables& tables, const PatternRecord& pattern);

// All phrases that the text holds; each at most once. A phrase of one word does not count where a row of words that the
// lexicon knows covers it ("log" in "log out"), unless it is one itself. Out of range reads as empty.
class PatternMatcher {
 public:
  // `filters`: of each of PatternTables::anchors, which is worth having for many texts; none: all are looked for.
  explicit PatternMatcher(const PatternTables& tables, Span<SignBits> filters = {})
      : tables_(tables), filters_(filters) {}
  void match(const SignText& text, PatternHits& found);

 private:
  struct Seen {
    std::uint32_t sign = 0, position = 0, words = 1;
  };
  // What stands within reach of a position, in its sentence.
  struct Reach {
    std::uint32_t position = 0;
    const Seen *begin = nullptr, *end = nullptr;
    SignBits bits = every_place;  // of what stands at other positions than this
  };
  void note(std::uint32_t sign, std::uint32_t position, std::uint32_t words);
  void find_rows(const SignText& text, std::uint32_t position, std::uint32_t sign, std::vector<std::uint8_t>& in_row);
  void see(const SignText& text, std::vector<std::uint8_t>& in_row);
  Reach reach_of(const SignText& text, std::uint32_t position) const;
  std::uint32_t near(const ItemRecord& item, const Reach& reach) const;
  bool in_sentence(const ItemRecord& item, const SignText& text, std::uint32_t position);
  bool holds(const PatternRecord& pattern, const SignText& text, const Reach& reach,
             std::vector<std::uint32_t>& places);

  const PatternTables& tables_;
  Span<SignBits> filters_;
  std::vector<Seen> seen_;            // by position
  std::vector<std::uint32_t> first_;  // by position: its first in seen_; and where seen_ ends
  std::vector<Seen> by_sign_;         // seen_ by sign and position, where it was needed
};

}  // namespace cascade::route
