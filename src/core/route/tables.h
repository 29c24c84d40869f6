// The router's state as one relocatable block of bytes, read in place.
//
// As with the registry's block (src/core/registry/tables.h): fixed-size records with offsets instead of pointers, a
// directory that is checked once, every offset and count checked when it is followed (out of range reads as empty). A
// block fits one registry only; open() compares their sizes.
//
// Invariants of a block that build made:
// (1) Terms are numbered by first use in a fixed walk over lexicon and manifests; equal libraries give equal bytes.
//     The lexicon's terms are the first, and `text` begins with its text (lexicon_table.h).
// (2) The postings of a term are sorted by entry; entries are sorted by manifest id.
// (3) `slots` is an open-addressing table over the terms' hashes, its size a power of two, at most half full.
#pragma once

#include <cascade/route.h>

#include "route/records.h"
#include "route/weights.h"

namespace cascade::route {

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

// The known term that `word` is probably a misspelling of: same first letter and at most one edit (two from seven
// letters on). Fewer edits win, then words that say what a manifest is for, then more frequent ones, then the first
// found. none: no such term.
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
