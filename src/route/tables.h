// The router's state as one relocatable block of bytes, read in place.
//
// As with the registry's block (src/registry/tables.h): fixed-size records with offsets instead of pointers, a
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

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "route/patterns.h"
#include "route/weights.h"

namespace cascade::route {

constexpr std::uint32_t none = 0xffffffffU;

// What kind of word a term is, whatever the library: a word of the trade that nearly every library uses, a plain
// English word, a function word; special is all else.
enum class WordClass : std::uint8_t { special, trade, plain, function };

struct TextSpan {
  std::uint32_t offset = 0, length = 0;
};
struct Slice {
  std::uint32_t begin = 0, count = 0;
};

struct TermRecord {
  TextSpan text;
  Slice postings;
  std::uint32_t hash = 0;        // hash_of(text)
  std::uint32_t sign = none;     // the lexicon's number for it
  std::uint32_t meaning = none;  // the term that it is another spelling of
  std::uint16_t rarity = 0;      // 64 * log2: how few entries have it
  std::uint8_t word_class = 0;
  std::uint8_t known =
      0;  // bits: 1 a field that says what an entry is for has it, 2 the lexicon has it, 4 it is of everyday life
};

// How much a term says of one entry, 0 to 1000: over all fields, and over those that say what it is for.
struct Posting {
  std::uint32_t entry_and_mask = 0;  // entry * 256 + one bit for each field
  std::uint16_t full = 0, strong = 0;

  std::uint32_t entry() const { return entry_and_mask >> 8; }
  std::uint32_t mask() const { return entry_and_mask & 0xff; }
};

// A manifest that can be routed to. Its first phrase is its name.
struct EntryRecord {
  std::uint32_t manifest = 0;
  std::uint32_t family = 0;  // the first entry of its family
  Slice phrases, needs;      // needs: texts of what the workspace must have
  std::uint8_t kind = 0, layer = 0;
  std::uint8_t proper = 0;  // 1: its title is a name as names are written, not a headline
  std::uint8_t unused = 0;
  std::uint32_t learned = 0;      // the class of the shipped prompts that it is (route/learned.h); 0: none
  std::uint16_t owner = 0;        // the plugin, or root without one, that it is of; a number
  std::uint16_t believed = 1000;  // what its triggers count against other owners' manifests, per mille
};

// A name or a declared trigger: its words and what they weigh together.
struct PhraseRecord {
  Slice words;
  std::uint32_t weight = 0;
  std::uint32_t of_name = 0;  // 1: name, 2: alias, 0: trigger
};

// A trigger of three words or more: fewer are a tag, no phrase.
inline bool is_trigger_phrase(const PhraseRecord& phrase) noexcept {
  return phrase.of_name == 0 && phrase.words.count >= 3;
}

struct PhraseWord {
  std::uint32_t term = 0, weight = 0;
  Slice concepts;  // that the word alone stands for
};

// A name as a row of terms, to be found in a prompt. Sorted by (hash, entry).
struct NameRecord {
  std::uint32_t hash = 0, entry = 0, words = 0;
};

struct ConceptRecord {
  TextSpan text;
  std::uint32_t of_siblings = 0;  // 1: tells "x-start" from "x-stop", but never makes an x ("+start")
  std::uint32_t term = none;      // the pseudo-term with its postings; none: about the prompt ("@chat")
};

// A word that speaks for a concept without being one of its phrases.
struct Association {
  std::uint32_t concept_id = 0, weight = 0;  // per mille
};

// A word as written that a misspelt one may have been meant to be; by bucket, then text.
struct RepairRecord {
  std::uint64_t letters = 0;
  TextSpan text;
  std::uint32_t term = 0, unused = 0;
};

// Points from which on something is loaded: never, and where no prompts show it.
constexpr std::int32_t never_loaded = 0x7fffffff, not_shown = -0x7fffffff;

struct Counts {
  std::uint32_t version = 0, manifests = 0;
  // By Caution: from how many points on the library's own prompts show that what is loaded is right.
  std::int32_t load_from[3] = {not_shown, not_shown, not_shown};
  std::uint32_t unused = 0;
};

constexpr std::uint32_t tables_version = 7;
constexpr std::size_t route_regions = 24;

// All tables as views of one block.
struct Tables {
  Span<Counts> counts;
  Span<std::uint32_t> slots;
  Span<TermRecord> terms;
  Span<Posting> postings;
  Span<EntryRecord> entries;
  Span<PhraseRecord> phrases;
  Span<PhraseWord> phrase_words;
  Span<std::uint32_t> word_concepts;
  Span<NameRecord> names;
  Span<ConceptRecord> concepts;
  PatternTables patterns;
  Span<TextSpan> needs;
  Span<Slice> associations_by_term;
  Span<Association> associations;
  Span<Slice> repair_buckets;
  Span<RepairRecord> repairs;
  std::string_view text;

  std::string_view read(TextSpan span) const noexcept {
    if (span.offset > text.size() || span.length > text.size() - span.offset) return {};
    return text.substr(span.offset, span.length);
  }
  template <typename T>
  Span<T> read(const Span<T>& table, Slice slice) const noexcept {
    if (slice.begin > table.size || slice.count > table.size - slice.begin) return {};
    return {table.data + slice.begin, slice.count};
  }
  std::uint32_t find(std::string_view stem) const noexcept;  // a term by its exact text; none
  bool open(std::string_view bytes);
};

}  // namespace cascade::route

namespace cascade {

struct Router::State {
  Registry registry;
  std::shared_ptr<const void> owner;  // keeps the bytes alive
  std::string_view bytes;
  route::Tables tables;

  explicit State(Registry given) : registry(std::move(given)) {}
};

// Lays a router's state out and takes it back.
class RouterTables {
 public:
  static std::string_view bytes(const Router& router) noexcept { return router.state_->bytes; }
  static const route::Tables& tables(const Router& router) noexcept { return router.state_->tables; }  // for fitting
  // Checks the directory, O(1). malformed when it does not fit, or belongs to another registry. `owner` keeps `bytes`
  // alive; bytes are 8-byte aligned.
  static Result<Router> open(std::shared_ptr<const void> owner, std::string_view bytes, Registry registry);
};

}  // namespace cascade
