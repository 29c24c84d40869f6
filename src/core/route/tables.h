// The router's state as one relocatable block of bytes, read in place.
//
// As with the registry's block (src/core/registry/tables.h): fixed-size records with offsets instead of pointers, a
// directory that is checked once, every offset and count checked when it is followed (out of range reads as empty). A
// block fits one registry only; open() compares their sizes.
//
// Invariants of a block that build made:
// (1) Terms are numbered by first use in a fixed walk over lexicon and manifests; equal libraries give equal bytes.
//     The lexicon's terms are the first, and `text` begins with its text (LexiconTable).
// (2) The postings of a term are sorted by entry; entries are sorted by manifest id.
// (3) `slots` is an open-addressing table over the terms' hashes, its size a power of two, at most half full.
#pragma once

#include <cascade/route.h>

#include <array>

#include "route/records.h"

namespace cascade::route {

// The numbers on which the router's scores rest, in one place. Fixed integers. docs/routing.md explains them.

// The fields of a manifest, best first; a posting's mask has a bit for each.
enum class Field : std::uint8_t { name, triggers, description, situation, headings, body, referrers, examples };
constexpr std::size_t field_count = 8;
std::string_view to_string(Field field) noexcept;

// Used while tables are built.
struct FieldWeights {
  // Weight of one occurrence in a field, per cent, in the order of Field.
  std::array<std::uint32_t, field_count> full{600, 250, 300, 150, 60, 35, 40, 60};
  std::array<std::uint32_t, field_count> strong{800, 300, 250, 100, 40, 0, 0, 0};
  // How far a long field is discounted, per cent.
  std::array<std::uint32_t, field_count> length{30, 40, 80, 50, 60, 60, 50, 50};
  // The sum at which a term reaches half of its greatest impact, in the units of the weights.
  std::uint32_t full_half = 220, strong_half = 800;
  // An entry with this impact, per mille, counts as one that has the word when its rarity is taken.
  std::uint32_t word_mass = 650, concept_mass = 350, soft = 1;
};

// For a library without shipped lessons, by Caution: the lead over the second that a load needs, per mille of the best
// score, and the number of 100 loads that must have been right on prompts that were kept back.
constexpr std::array<std::uint32_t, 3> untaught_lead{250, 330, 420};
constexpr std::array<std::uint32_t, 3> wanted_precision{93, 97, 99};

struct Weights {
  // Score of a word: rarity * impact * one of these, per mille.
  std::uint32_t word = 1000, repaired = 650;
  // How much the occurrences of a word in the whole file count beside those in the fields, per mille; what each word of
  // a long prompt beyond many_words adds to that, and the limit. Only for manifests that no prompt taught about.
  std::uint32_t plain = 200, plain_more = 10, plain_most = 600;
  // Factor for another word of the same stem, per mille. Only for such manifests, too.
  std::uint32_t other_word = 300;
  // What associated words give a concept, per mille of their shares: limit, for a single word, next to its phrase.
  std::uint32_t association = 800, association_most = 800, association_single = 600, association_more = 1000;
  // Factor for a word that is part of a longer phrase, and for further evidence from the same word; per mille.
  std::uint32_t explained = 700, further = 350;
  // The number of words above which each counts less, and how slowly the weight falls.
  std::uint32_t many_words = 14, fewer = 10;
  // By class of word: special, trade, plain, function.
  std::array<std::uint32_t, 4> by_class{1000, 750, 700, 0};
  // Strength of a concept, by the tie of the phrase that expresses it.
  std::uint32_t concept_is = 500, concept_says = 900, concept_hints = 350, concept_scale = 1000;
  // The loss of a phrase for each further word between its words, per mille.
  std::uint32_t loose = 200;
  // Gain for each further word of the phrase; factor for a second phrase of a concept, and the limit of such sums.
  std::uint32_t concept_word = 40, concept_again = 125, concept_most = 1300;
  // Bonus for the share of a name, or of one declared trigger, that the prompt covers; per mille of the score.
  std::uint32_t name_share = 200, trigger_share = 500;
  // Bonus for the word of a name by which siblings differ, if another word of the name is met; per mille of its rarity.
  std::uint32_t sibling = 700;
  // Gain of a manifest that is about the languages of the files at hand; per mille.
  std::uint32_t surroundings = 80;
};

// 64 * log2(value / 256); 0 below 256.
std::uint32_t log2_of(std::uint64_t value) noexcept;

// The rarity of a word that `sixteenths` / 16 of `all` entries have; in passing counts as a fraction.
std::uint16_t rarity(std::size_t all, std::uint64_t sixteenths) noexcept;

// Special values of Counts::load_from: never load; no prompts show the right value.
constexpr std::int32_t never_loaded = 0x7fffffff, not_shown = -0x7fffffff;

struct Counts {
  std::uint32_t version = 0, manifests = 0;
  // By Caution: the points from which a load is right, as shown by the library's own prompts.
  std::array<std::int32_t, 3> load_from{not_shown, not_shown, not_shown};
  std::uint32_t shipped = 0;  // the number of entries of the shipped library
};

constexpr std::uint32_t tables_version = 11;
constexpr std::size_t route_regions = 13;

// Views of one block, and, where they are the same for every library, of the shipped lexicon.
struct Tables : SharedTables {
  Span<Counts> counts;
  Span<std::uint32_t> slots;
  Span<TermRecord> terms;
  Span<Posting> postings;
  Span<EntryRecord> entries;
  Span<PhraseRecord> phrases;
  Span<PhraseWord> phrase_words;
  Span<std::uint32_t> word_concepts;
  Span<NameRecord> names;
  Span<TextSpan> needs;
  Span<Slice> repair_buckets;
  Span<RepairRecord> repairs;
  std::string_view text;

  std::string_view read(TextSpan span) const noexcept {
    if (span.offset > text.size() || span.length > text.size() - span.offset) return {};
    return text.substr(span.offset, span.length);
  }
  template <typename T>
  Span<T> read(const Span<T>& table, Slice slice) const noexcept {
    return records_of(table, slice);
  }
  std::uint32_t sign_of(std::uint32_t term) const noexcept { return term < signs.size ? signs[term] : no_sign; }
  // The term that this one is another spelling of; itself when it is none.
  std::uint32_t meaning_of(std::uint32_t term) const noexcept {
    return term < meanings.size && meanings[term] < terms.size ? meanings[term] : term;
  }
  // REQUIRES: term < terms.size. A class that a damaged file makes up counts as function.
  WordClass class_of(std::uint32_t term) const noexcept {
    constexpr auto last = static_cast<std::uint8_t>(WordClass::function);
    return static_cast<WordClass>(terms[term].word_class < last ? terms[term].word_class : last);
  }
  std::uint32_t find(std::string_view stem) const noexcept;  // a term by its exact text; none
  bool open(std::string_view bytes);
};

// The known term that `word` is probably a misspelling of: same first letter, at most one edit (two from seven letters
// on). Fewer edits win, then words that say what a manifest is for, then more frequent ones, then the first. none:
// none.
std::uint32_t repair(const Tables& tables, std::string_view word);

// A set of the letters and digits that occur, a bit for each.
std::uint64_t letters_of(std::string_view text) noexcept;

// RepairRecords are kept in buckets by first letter and length.
constexpr std::uint32_t repair_lengths = 24, repair_firsts = 26;
std::uint32_t repair_bucket(std::string_view text) noexcept;  // none: no repair is tried

}  // namespace cascade::route

namespace cascade {

struct Router::State {
  Registry registry;
  std::shared_ptr<const void> owner;  // keeps the bytes alive
  std::string_view bytes;
  route::Tables tables;

  explicit State(Registry given) : registry(std::move(given)) {}
};

class RouterTables {
 public:
  static std::string_view bytes(const Router& router) noexcept { return router.state_->bytes; }
  static const route::Tables& tables(const Router& router) noexcept { return router.state_->tables; }  // for fitting
  // O(1). malformed: it does not fit, or belongs to another registry. `owner` keeps `bytes` alive, 8-byte aligned.
  static Result<Router> open(std::shared_ptr<const void> owner, std::string_view bytes, Registry registry);
};

}  // namespace cascade
