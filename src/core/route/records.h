// Words as numbers, and the records of the router's tables: of fixed size, with offsets instead of pointers.
#pragma once

#include <cascade/result.h>

#include <compare>
#include <cstring>

#include "route/words.h"

namespace cascade::route {

// FNV-1a with a final mix; the same on every machine, and part of the table format.
std::uint32_t hash_of(std::string_view text) noexcept;
constexpr std::uint32_t join_hash(std::uint32_t before, std::uint32_t next) noexcept {
  return (before ^ (next + 0x9e3779b9U + (before << 6) + (before >> 2))) * 0x85ebca6bU;
}

// A hash of words and stems, cheaper than hash_of() and never written to a file.
inline std::uint32_t hash_of_word(std::string_view text) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL, other = 0xd6e8feb86659fd93ULL;
  const char* at = text.data();
  const auto bytes = [](const char* from, auto value) {
    std::memcpy(&value, from, sizeof(value));
    return std::uint64_t{value};
  };
  const std::size_t size = text.size();
  std::uint64_t hash = size * odd;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      hash = (hash ^ bytes(at + i, std::uint64_t{})) * other;
      hash ^= hash >> 31;
    }
    hash ^= bytes(at + size - 8, std::uint64_t{});
  } else if (size >= 4) {
    hash ^= bytes(at, std::uint32_t{}) | bytes(at + size - 4, std::uint32_t{}) << 32;
  } else if (size > 0) {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    hash ^= byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
  }
  hash *= other;
  hash ^= hash >> 32;
  hash *= odd;
  return static_cast<std::uint32_t>(hash >> 32);
}

// Numbers texts by first use. Open addressing, because a node-based map costs three times as much here.
class TextNumbers {
 public:
  // `searches`: the number of linear searches through the texts of add_all() before a table of them is built.
  explicit TextNumbers(std::uint32_t searches = 0) : slots_(64), searches_(searches) {}

  std::uint32_t find(std::string_view wanted, std::uint32_t hash) {  // no_text: not found
    if (placed_ != size()) {
      if (searches_ > 0) return search(wanted);
      place_all();
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const std::uint64_t slot = slots_[at];
      if (slot == 0) return no_text;
      const std::uint32_t number = static_cast<std::uint32_t>(slot) - 1;
      if (slot >> 32 == hash && length(number) == wanted.size() && same(arena_.data() + ends_[number], wanted))
        return number;
    }
  }
  std::uint32_t add(std::string_view text, std::uint32_t hash);  // REQUIRES: not added yet
  void reserve(std::size_t count);
  // Adds texts that lie one after the other. REQUIRES: the ends of each, within `texts`, in order.
  void add_all(std::string_view texts, Span<std::uint32_t> ends);
  std::string_view text(std::uint32_t number) const { return {arena_.data() + ends_[number], length(number)}; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

  static constexpr std::uint32_t no_text = 0xffffffffU;

 private:
  static bool same(const char* a, std::string_view b) noexcept {
    const auto equal = [&](std::size_t at, auto word) {
      auto other = word;
      std::memcpy(&word, a + at, sizeof(word));
      std::memcpy(&other, b.data() + at, sizeof(other));
      return word == other;
    };
    const std::size_t size = b.size();
    if (size > 16) return std::memcmp(a, b.data(), size) == 0;
    if (size >= 8) return equal(0, std::uint64_t{}) && equal(size - 8, std::uint64_t{});
    if (size >= 4) return equal(0, std::uint32_t{}) && equal(size - 4, std::uint32_t{});
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
  }
  std::uint32_t length(std::uint32_t number) const { return ends_[number + 1] - ends_[number]; }
  void place(std::uint64_t slot);
  void make_room(std::size_t count);
  void place_all();
  std::uint32_t search(std::string_view wanted) noexcept;

  std::string arena_;                      // one text after the other
  std::vector<std::uint32_t> ends_ = {0};  // ends_[n] is the end of text n - 1
  std::vector<std::uint64_t> slots_;       // hash << 32 | number + 1; 0: free
  std::uint32_t placed_ = 0;               // number of texts in the table: the first ones
  std::uint32_t searches_;                 // linear searches left
  std::size_t room_ = 0;                   // number of texts that a new table has room for
};

class Vocabulary {
 public:
  // `word` counts as `meaning` ("k8s" as "kubernetes") from now on; words numbered before keep their term.
  void alias(std::string_view word, std::string_view meaning);

  // The number of a word as written, in lower case.
  std::uint32_t word(std::string_view text) {
    const std::uint32_t hash = hash_of_word(text);
    const std::uint32_t known = words_.find(text, hash);
    return known != TextNumbers::no_text ? known : new_word(text, hash);
  }
  std::uint32_t of_word(std::string_view text) { return term_of_[word(text)]; }  // the term of its stem
  std::uint32_t of_stem(std::string_view stem);                                  // without stemming
  std::uint32_t meaning(std::uint32_t term) const;                               // the term itself if it is no alias

  std::uint32_t term_of(std::uint32_t word) const { return term_of_[word]; }
  std::string_view spelling(std::uint32_t word) const { return words_.text(word); }
  std::string_view text(std::uint32_t term) const { return stems_.text(term); }
  std::uint32_t words() const { return words_.size(); }
  std::uint32_t size() const { return stems_.size(); }  // terms

  // Adds words and terms in the order of their known numbers; as TextNumbers::add_all().
  void reserve(std::size_t words, std::size_t terms);
  void take_terms(std::string_view texts, Span<std::uint32_t> ends) { stems_.add_all(texts, ends); }
  void take_meaning(std::uint32_t term, std::uint32_t meaning);
  void take_words(std::string_view texts, Span<std::uint32_t> ends, Span<std::uint32_t> terms);

 private:
  std::uint32_t new_word(std::string_view text, std::uint32_t hash);
  std::string_view stem(std::string_view word);

  std::unique_ptr<Stemmer> stemmer_;     // created on first use
  TextNumbers words_, stems_{4};         // only new words look stems up, so a few linear searches come first
  std::vector<std::uint32_t> term_of_;   // by word
  std::vector<std::uint32_t> meanings_;  // by term; no_text: no other meaning
};

constexpr std::uint32_t none = 0xffffffffU, no_sign = none;

struct Slice {
  std::uint32_t begin = 0, count = 0;
};

template <typename Table>
std::uint32_t count_of(const Table& table) {
  return static_cast<std::uint32_t>(table.size());
}
template <typename T>
Slice append_records(std::vector<T>& to, const std::vector<T>& records) {
  to.insert(to.end(), records.begin(), records.end());
  return {count_of(to) - count_of(records), count_of(records)};
}

// The records of a slice; none if it is out of range.
template <typename T>
Span<T> records_of(const Span<T>& table, Slice slice) noexcept {
  if (slice.begin > table.size || slice.count > table.size - slice.begin) return {};
  return {table.data + slice.begin, slice.count};
}

// is: the words of a phrase name the concept. says: people who need it say so. hints: others say so too.
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

struct PatternTables {
  Span<PatternRecord> patterns;
  Span<ItemRecord> items;
  Span<std::uint32_t> alternatives;
  Span<Slice> rows_by_word;  // by the sign of the first word, into rows
  Span<RowRecord> rows;
  Span<std::uint32_t> row_words;
  Span<Slice> anchors_by_sign;  // into anchors
  Span<std::uint32_t> anchors;  // patterns
};

// A text as the matcher sees it: at each position at most two signs (an identifier as a whole and its first part).
struct PlacedSign {
  std::uint32_t sign = 0, whole = 0, sentence = 0;
};
using SignText = std::vector<PlacedSign>;

struct PatternHit {
  std::uint32_t pattern = 0, position = 0;  // position: of the anchor
  std::uint32_t places = 0;                 // first of item_count in PatternHits::places; absent items have no_sign
};

struct PatternHits {
  std::vector<PatternHit> hits;       // by pattern, each at most once
  std::vector<std::uint32_t> places;  // positions
  std::vector<std::uint8_t> in_row;   // by position of the text: 1 when some words in a row cover it
};

// Items with the same alternatives form a class; one without a sign in the sentence is not met anywhere in it.
struct ItemClasses {
  static constexpr std::uint32_t always = 0, never = 1;  // every sentence meets `always`, none meets `never`

  Span<std::uint32_t> by_item;    // always: needs no look-up, as for anchors
  Span<std::uint32_t> by_anchor;  // of PatternTables::anchors: the item that the phrase needs besides its anchor, of
                                  // several items the one with the fewest signs; never: it is not looked for
  Span<Slice> by_sign;            // into `classes`
  Span<std::uint32_t> classes;
};

// A phrase of one word does not count where a longer row of words covers it ("log" in "log out"). Each at most once.
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

// The class of a term, the same for every library. trade: a word of the trade that nearly every library uses; plain: a
// plain English word; function: a function word; special: any other.
enum class WordClass : std::uint8_t { special, trade, plain, function };

struct TextSpan {
  std::uint32_t offset = 0, length = 0;
};
inline TextSpan append_text(std::string& to, std::string_view text) {
  to.append(text);
  return {count_of(to) - count_of(text), count_of(text)};
}

struct TermRecord {
  TextSpan text;
  Slice postings;
  std::uint32_t hash = 0;  // hash_of(text)
  // 64 * log2, by lane: the users' own entries, the shipped library's; 0: it has others, but none with this term.
  std::uint16_t rarity[2] = {0, 0};
  std::uint16_t word_class = 0;
  std::uint16_t known =
      0;  // bits: 1 a field that says what an entry is for has it, 2 the lexicon has it, 4 it is of everyday life
};

// How much a term says about one entry, 0 to 1000: in all fields by what each is worth (full), in those that say what
// the entry is for (strong), and in the whole file, every occurrence alike, as BM25 has it (plain).
struct Posting {
  std::uint32_t entry_and_mask = 0;                                            // entry * 256 + one bit for each field
  std::uint32_t full : 10 = 0, strong : 10 = 0, plain : 10 = 0, form : 2 = 0;  // form: the entry's (words.h)

  std::uint32_t entry() const { return entry_and_mask >> 8; }
  std::uint32_t mask() const { return entry_and_mask & 0xff; }
};

// A manifest that can be routed to. Its first phrase is its name.
struct EntryRecord {
  std::uint32_t manifest = 0;
  std::uint32_t family = 0;  // the first entry of its family
  Slice phrases, needs;      // needs: texts of the requirements on the workspace
  std::uint8_t kind = 0, layer = 0;
  std::uint16_t origin = 0;       // its Scope; with `is_shipped`, of the library that the shipped prompts teach about
  std::uint32_t learned = 0;      // its class in the shipped model (route/learned.h); 0: none
  std::uint16_t owner = 0;        // number of its plugin, or of its root if it has no plugin
  std::uint16_t believed = 1000;  // weight of its triggers against other owners' manifests, per mille
  std::uint16_t telling = 0;      // the number of words in the fields that say what it is for
  std::uint16_t expressed = 0;    // the number of concepts that these express
};

// Set in EntryRecord::origin for entries of the shipped library: those with lessons, and agents beside them.
constexpr std::uint8_t is_shipped = 0x80;
inline bool of_shipped(const EntryRecord& entry) noexcept { return (entry.origin & is_shipped) != 0; }
inline std::size_t lane_of(const EntryRecord& entry) noexcept { return of_shipped(entry) ? 1 : 0; }
inline std::uint32_t rarity_of(const TermRecord& term) noexcept {  // in the lane where it says more
  return term.rarity[0] > term.rarity[1] ? term.rarity[0] : term.rarity[1];
}

// A name or a declared trigger: its words and their total weight.
struct PhraseRecord {
  Slice words;
  std::uint32_t weight = 0;
  std::uint32_t of_name = 0;  // 1: name, 2: alias, 0: trigger, 3: a lesson, which the library's owner gives besides
};

inline bool is_lesson(const PhraseRecord& phrase) noexcept { return phrase.of_name == 3; }
inline bool is_declared(const PhraseRecord& phrase) noexcept { return phrase.of_name == 0 || is_lesson(phrase); }

// True for a trigger of three words or more; a shorter one is a tag rather than a phrase.
inline bool is_trigger_phrase(const PhraseRecord& phrase) noexcept {
  return is_declared(phrase) && phrase.words.count >= 3;
}

struct PhraseWord {
  std::uint32_t term = 0, weight = 0;
  Slice concepts;  // concepts that the word alone expresses
};

// A name as the hash of its letters (prompt/parts.h), to find it in a prompt. Sorted by (hash, entry).
struct NameRecord {
  std::uint32_t hash = 0, entry = 0;

  std::strong_ordering operator<=>(const NameRecord& o) const {
    return hash != o.hash ? hash <=> o.hash : entry <=> o.entry;
  }
  bool operator==(const NameRecord& o) const = default;
};

struct ConceptRecord {
  TextSpan text;
  std::uint32_t of_siblings = 0;  // 1: tells "x-start" from "x-stop", but never makes an x ("+start")
  std::uint32_t term = none;      // the pseudo-term with its postings; none: about the prompt ("@chat")
};

// A word that is evidence for a concept without being one of its phrases.
struct Association {
  std::uint32_t concept_id = 0, weight = 0;  // per mille
};

// A word as written, as a possible correction of a misspelt one. Sorted by bucket, which says its length, then text.
struct RepairRecord {
  std::uint64_t letters = 0;
  std::uint32_t text = 0, term = 0;  // text: its offset
};

// What is the same for every library.
struct SharedTables {
  Span<std::uint32_t> signs;     // by term: its number in the patterns; no_sign: it has none
  Span<std::uint32_t> meanings;  // by term: the one that it is another spelling of; none
  Span<ConceptRecord> concepts;
  PatternTables patterns;
  Span<Slice> associations_by_term;
  Span<Association> associations;
};

// The lexicon, laid out while Cascade is built: a router begins with its terms, under the same numbers, and its `text`.
struct LexiconTable : SharedTables {
  Span<TermRecord> terms;              // no postings yet
  Span<std::uint32_t> term_ends;       // where their texts end in `text`
  Span<std::uint32_t> terms_of_words;  // by word
  Span<std::uint32_t> word_ends;       // where their texts end in `spellings`
  Span<Slice> concepts_by_term;        // that the word alone stands for, into word_concepts
  Span<std::uint32_t> word_concepts;
  ItemClasses classes;    // of phrases that manifests express
  std::string_view text;  // of terms and concepts
  std::string_view spellings;

  std::string_view spelling(std::uint32_t word) const {
    const std::uint32_t begin = word == 0 ? 0 : word_ends[word - 1];
    return spellings.substr(begin, word_ends[word] - begin);
  }
  bool open(std::string_view bytes);
};

std::string_view lexicon_table_bytes() noexcept;  // of lexicon_text(); generated by the build, 8-byte aligned
LexiconTable lexicon_table();

// A vocabulary that has the lexicon's words and terms, under their numbers, and room for more.
Vocabulary vocabulary_of(const LexiconTable& lexicon, std::size_t more_words = 0, std::size_t more_terms = 0);

}  // namespace cascade::route
