// The counts of each manifest in flat arrays: the router's tables are made from them alone. They are kept
// in the index as the router's notes: a manifest whose file and surroundings are as noted is not read again.
//
// Invariants of notes that a build made: sources are in the order of the tables' entries. The lexicon's words and terms
// come first, under its numbers; the others are numbered by first use, in the order of the sources, so that the numbers
// are the same whether all or little was counted anew. Notes from a file are untrusted: open() checks every number that
// is followed later, or refuses.
#pragma once

#include <cascade/registry.h>

#include <bit>

#include "route/learned.h"
#include "route/tables.h"
#include "tables/block.h"

namespace cascade::route {

// How often a source has a word, or how strongly it expresses a concept: one byte a field, the first in the lowest.
using FieldCounts = std::uint64_t;
constexpr FieldCounts one_in(Field field) noexcept { return FieldCounts{1} << (8 * static_cast<unsigned>(field)); }
constexpr std::uint32_t count_in(FieldCounts counts, std::size_t field) noexcept {
  return static_cast<std::uint8_t>(counts >> (8 * field));
}

// Counts in a file: a byte with a bit for each field that has some (mostly one or two), then the byte of each of these.
void append_counts(FieldCounts counts, std::vector<std::uint8_t>& bytes);
constexpr std::size_t counts_size(std::uint8_t mask) noexcept {
  return 1U + static_cast<std::size_t>(std::popcount(mask));
}
// Moves `at` behind the counts. REQUIRES: they are complete.
inline FieldCounts take_counts(const std::uint8_t*& at) noexcept {
  FieldCounts counts = 0;
  for (std::uint32_t mask = *at++; mask != 0; mask &= mask - 1)
    counts |= FieldCounts{*at++} << (8 * static_cast<unsigned>(std::countr_zero(mask)));
  return counts;
}

// A word of a source: number * 256 + how often the body has it; 0: its counts are the next of Notes::mixed.
using WordUse = std::uint32_t;

struct ConceptUse {
  std::uint32_t concept_id = 0;
  std::array<std::uint8_t, field_count> by_field{};  // in quarters
};

// A line of a body that contains a link, with the hash of its text as counted for the target; 0 for an empty text.
struct LinkLine {
  std::uint32_t line = 0, hash_low = 0, hash_high = 0;
  std::uint64_t hash() const { return std::uint64_t{hash_high} << 32 | hash_low; }
};

struct NotedSource {
  std::uint64_t content_high = 0, content_low = 0;  // XXH3-128 of the file; 0: it is not to be taken over
  std::uint64_t inputs = 0;                         // of names, description and overlays
  std::uint64_t referrers = 0;                      // of the lines of others that speak of it
  std::uint64_t description = 0;                    // folded; 0: it has none
  std::uint64_t family = 0;                         // of a description that makes a family; 0: none
  Slice uses, mixed, concepts, lines, links;
  Slice phrases, phrase_words;                       // the name, other names, triggers
  std::uint32_t headings = 0;                        // how many of `lines`, the last, are headings only
  std::uint16_t name_phrases = 0;                    // how many of `phrases`, the first, are names
  std::uint16_t lessons = 0;                         // how many, the last, an overlay gives
  std::array<std::uint32_t, field_count> lengths{};  // in words
};

struct NotesHead {
  std::uint32_t version = 0, lexicon_words = 0, lexicon_terms = 0, unused = 0;
};
constexpr std::uint32_t notes_version = 4;

// As vectors while they are made, and as views of these or of a file.
template <template <typename...> typename Table>
struct NotesTables {
  Table<NotedSource> sources;
  Table<WordUse> uses;
  Table<std::uint8_t> mixed;  // counts in more than the body, one after the other
  Table<ConceptUse> concepts;
  Table<std::uint32_t> lines;  // folded hashes, each once a source: of the body, then of headings that are none of them
  Table<LinkLine> links;       // by line
  Table<std::uint8_t> phrases;  // how many words each has
  Table<std::uint32_t> phrase_words;
  Table<std::uint32_t> common_lines;          // those that count as boilerplate, sorted
  Table<std::uint64_t> common_descriptions;   // the same of descriptions
  Table<std::uint32_t> terms_of_words;        // by word
  Table<std::uint32_t> word_ends, term_ends;  // where the texts end, by number; those of the lexicon left out
  Table<std::uint32_t> by_text;  // the words that a misspelt one may be meant to be, by bucket and text (RepairRecord)
};

struct Notes : NotesTables<Span> {
  Span<NotesHead> head;
  std::string_view texts, words, terms;  // texts: of words, then of terms

  // False when the bytes are not notes or contain impossible values.
  bool open(std::string_view bytes);
  // The same for bytes that this process made. False when they are not notes.
  bool open_own(std::string_view bytes);
};

struct NotesData : NotesTables<std::vector> {
  std::uint32_t lexicon_terms = 0;
  std::string words, terms;

  Notes view() const;
  std::string bytes() const;
  void write(const tables::Sink& sink) const;  // the same bytes, in order

 private:
  template <typename Block>
  void add_to(Block& block) const;
};

struct NotedPart {
  const Notes* notes = nullptr;
  const NotedSource* source = nullptr;
};

// Joins parts whose words are numbered as in `vocabulary`; words that no part uses are left out. `by_text`: the list
// Notes::by_text of the vocabulary's first `listed` words; empty when there is none.
struct Joined {
  NotesData notes;
  std::vector<std::uint32_t> new_terms;  // by the vocabulary's number; none: left out
};
Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed);
// The same of notes that have no others, in the order of the sources, which are renumbered in place.
Joined join_notes(NotesData all, std::vector<NotedSource> sources, const Vocabulary& vocabulary,
                  const LexiconTable& lexicon);

// The entries that have a term, and how much weight it has in each.

std::string_view spelling_of(const Notes& notes, const LexiconTable& lexicon, std::uint32_t word);

struct TermSum {
  std::uint64_t mass = 0;  // its impacts; of a concept the strong ones
  Slice postings;
  std::uint32_t mask = 0, last = 0;  // the masks; `last` is for counting
};

// `between`, if any, is called now and then in a large build: what was read until then is needed no longer.
constexpr std::size_t sources_between = 8192, terms_between = 1024;

// The place for the postings of each term; the end of the last is their number.
std::vector<TermSum> count_postings(const Notes& notes, const LexiconTable& lexicon,
                                    const std::function<void()>& between);

// Fills in the postings, by term, then entry. Counts are discounted in long fields and saturate.
void weigh_postings(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields,
                    std::vector<TermSum>& sums, Posting* postings, const std::function<void()>& between);

struct Weighed {
  std::uint32_t term = 0;
  Posting posting;
  std::uint32_t mass = 0;
};

// The part of an earlier build that is still valid.
struct Remains {
  Span<NotedSource> sources;           // of the earlier notes
  std::vector<std::uint32_t> entries;  // by source: its earlier number; none: counted anew
  std::vector<std::uint32_t> terms;    // by earlier term: its number now; none: no source uses it
};

class KeptPostings {
 public:
  // Nullopt: the postings differ now, or `earlier`, untrusted and referred to, are not the tables of those notes.
  static std::optional<KeptPostings> find(const Tables& earlier, const Remains& remains, const Notes& notes,
                                          const LexiconTable& lexicon, const FieldWeights& fields);

  // These replace count_postings() and weigh_postings().
  std::vector<TermSum> take_counts() { return std::move(counted_); }  // once
  void copy(std::vector<TermSum>& sums, Posting* postings, const std::function<void()>& between) const;

 private:
  KeptPostings(const Tables& earlier, const Remains& remains)
      : terms_(earlier.terms), postings_(earlier.postings), new_terms_(remains.terms) {}

  Span<Posting> of_term(std::size_t earlier) const {
    return {postings_.data + terms_[earlier].postings.begin, terms_[earlier].postings.count};
  }
  void copy_term(std::size_t earlier, bool is_concept, TermSum& sum, Posting* postings) const;
  bool map_entries(const Remains& remains);
  bool count_kept(std::size_t terms);

  Span<TermRecord> terms_;  // of the earlier tables
  Span<Posting> postings_;
  std::vector<std::uint32_t> new_terms_;  // by earlier term
  std::vector<std::uint32_t> moved_;      // by earlier entry: its number now * 256; none: not kept
  std::vector<std::uint8_t> dropped_;     // the same: 1, it is not kept
  std::vector<std::uint8_t> of_concept_;  // by term
  std::vector<Weighed> fresh_;            // of entries that were counted anew, by entry
  std::vector<TermSum> counted_;
};

// The block that RouterTables::open() reads. `sources`: the sources of the notes. Deterministic; linear except for
// sorting names. `kept`: the postings, if they are already known.
std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept = nullptr,
                    const std::function<void()>& between = {});

// "skill:name", "command:name": the name of a manifest in the shipped prompts, without plugin and folders.
std::string taught_name(const ManifestView& manifest);

// The class taught for a manifest of this kind and name, if the descriptions also agree: they share at least half of
// the words of the longer one. So a manifest of the same name about something else inherits nothing. 0 for none.
std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest);

}  // namespace cascade::route
