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

// The class of a term, the same for every library. trade: a word of the trade that nearly every library uses; plain: a
// plain English word; function: a function word; special: any other.
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
  std::uint32_t sign = none;     // its number in the lexicon
  std::uint32_t meaning = none;  // the term that it is another spelling of
  std::uint16_t rarity = 0;      // 64 * log2; larger if fewer entries have it
  std::uint8_t word_class = 0;
  std::uint8_t known =
      0;  // bits: 1 a field that says what an entry is for has it, 2 the lexicon has it, 4 it is of everyday life
};

// How much a term says about one entry, 0 to 1000: in all fields (full), and in those that say what the entry is for
// (strong).
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
  Slice phrases, needs;      // needs: texts of the requirements on the workspace
  std::uint8_t kind = 0, layer = 0;
  std::uint8_t proper = 0;  // 1: its title is written like a name, not like a headline
  std::uint8_t unused = 0;
  std::uint32_t learned = 0;      // its class in the shipped model (route/learned.h); 0: none
  std::uint16_t owner = 0;        // number of its plugin, or of its root if it has no plugin
  std::uint16_t believed = 1000;  // weight of its triggers against other owners' manifests, per mille
};

// A name or a declared trigger: its words and their total weight.
struct PhraseRecord {
  Slice words;
  std::uint32_t weight = 0;
  std::uint32_t of_name = 0;  // 1: name, 2: alias, 0: trigger
};

// True for a trigger of three words or more; a shorter one is a tag rather than a phrase.
inline bool is_trigger_phrase(const PhraseRecord& phrase) noexcept {
  return phrase.of_name == 0 && phrase.words.count >= 3;
}

struct PhraseWord {
  std::uint32_t term = 0, weight = 0;
  Slice concepts;  // concepts that the word alone expresses
};

// A name as the hash of its row of terms, to find it in a prompt. Sorted by (hash, entry).
struct NameRecord {
  std::uint32_t hash = 0, entry = 0, words = 0;
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

// A word as written, as a possible correction of a misspelt one. Sorted by bucket, then text.
struct RepairRecord {
  std::uint64_t letters = 0;
  TextSpan text;
  std::uint32_t term = 0, unused = 0;
};

// Special values of Counts::load_from: never load; no prompts show the right value.
constexpr std::int32_t never_loaded = 0x7fffffff, not_shown = -0x7fffffff;

struct Counts {
  std::uint32_t version = 0, manifests = 0;
  // By Caution: the points from which a load is right, as shown by the library's own prompts.
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

// Gives access to a router's bytes and makes a router of such bytes.
class RouterTables {
 public:
  static std::string_view bytes(const Router& router) noexcept { return router.state_->bytes; }
  static const route::Tables& tables(const Router& router) noexcept { return router.state_->tables; }  // for fitting
  // Checks the directory, O(1). malformed when it does not fit, or belongs to another registry. `owner` keeps `bytes`
  // alive; bytes are 8-byte aligned.
  static Result<Router> open(std::shared_ptr<const void> owner, std::string_view bytes, Registry registry);
};

}  // namespace cascade
