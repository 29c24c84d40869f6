// The records of the router's tables: of fixed size, with offsets instead of pointers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "route/patterns.h"

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
  std::uint32_t hash = 0;  // hash_of(text)
  // 64 * log2; larger if fewer entries have it. By lane: among the users' own entries, and among the shipped library's;
  // 0: the lane has others, but none with this term.
  std::uint16_t rarity[2] = {0, 0};
  std::uint16_t word_class = 0;
  std::uint16_t known =
      0;  // bits: 1 a field that says what an entry is for has it, 2 the lexicon has it, 4 it is of everyday life
};

// How much a term says about one entry, 0 to 1000: in all fields by what each is worth (full), in those that say what
// the entry is for (strong), and in the whole file, every occurrence alike, as BM25 has it (plain).
struct Posting {
  std::uint32_t entry_and_mask = 0;                                            // entry * 256 + one bit for each field
  std::uint32_t full : 10 = 0, strong : 10 = 0, plain : 10 = 0, form : 2 = 0;  // form: the entry's (forms.h)

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

// A name as the hash of its letters (prompt/calls.h), to find it in a prompt. Sorted by (hash, entry).
struct NameRecord {
  std::uint32_t hash = 0, entry = 0;
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

}  // namespace cascade::route
