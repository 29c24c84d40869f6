// A prompt as the router reads it: words with their terms, sentences, and the lexicon's phrases in them.
#pragma once

#include <algorithm>
#include <span>
#include <unordered_map>

#include "prompt/parts.h"
#include "route/tables.h"

namespace cascade::route {

struct ByteRange {
  std::uint32_t begin = 0, end = 0;
};

// "@name" means an agent if there is one, "/name" anything but an agent, "the name skill" a skill.
struct Call {
  std::uint32_t entry = 0;
  bool of_kind = false;  // the entry has the kind that the prompt asks for
  ByteRange at{};        // its name in the text
};

struct Mentions {
  std::vector<Call> called;            // in the order of the text; none that is refused as well
  std::vector<std::uint32_t> refused;  // entries, sorted
  std::vector<ByteRange> refused_at;   // their names in the text, which say nothing about its subject; in order
  bool refuses_all = false;            // "don't use any skills": every one, but for those that are called
  bool refuses_that = false;           // "drop that skill": the one that was loaded, without its name
  bool only_refuses = false;           // beside what is refused, the text says nothing

  bool refuses_at(std::uint32_t offset) const noexcept {
    return std::ranges::any_of(refused_at,
                               [&](const ByteRange& name) { return offset >= name.begin && offset < name.end; });
  }
};

// Reads what the person says (prompt/parts.h); orders and names in what is quoted or pasted do not count.
Mentions find_mentions(const Tables& tables, std::string_view text, const std::vector<prompt::Part>& parts);

enum class Origin : std::uint8_t { written, part, repaired };

struct PromptWord {
  std::uint32_t term = none;             // none: neither the library nor the lexicon has it
  std::uint32_t offset = 0, length = 0;  // in the prompt
  std::uint32_t position = 0, sentence = 0;
  std::uint16_t weight = 1000;  // per mille; less in code, identifiers, translations and the middle of a long prompt
  Origin origin = Origin::written;
  Break before = Break::space;
  WordClass word_class = WordClass::special;
  bool identifier = false, number = false;
  bool foreign = false;      // a word of another language; its English words follow it
  bool translated = false;   // one of these English words
  std::string_view english;  // the text of a translated word
  bool pasted = false;       // not said by the person: quoted, or pasted code, logs, data
  bool counts = false;       // counts as a word of the prompt; false for an identifier as a whole
  std::uint32_t stem = 0;    // hash of its stem, the same for every library
  Form form = Form::any;     // which of the words with its term it is
};

struct Prompt {
  std::string_view text;
  std::vector<PromptWord> words;  // by position; a whole identifier comes first, at its first part's position
  SignText signs;                 // by position
  PatternHits found;
  Mentions mentions;
  std::uint32_t sentences = 0;
  std::vector<prompt::Part> parts;  // empty for a text that is not read as a prompt
  bool says_enough = true;          // the person's own words say what is asked; else what was pasted speaks too
  bool english = false;             // what the person says is English
  bool harness = false;             // a message of the host, not of a person
};

// Linear. Of a long text about 600 words are read. Each part has a share of them, taken from its beginning and its end.
// `english`: it is known to be English.
Prompt read_prompt(const Tables& tables, std::string_view text, bool english = false);

// "<task-notification>...", "<command-name>...", "[Request interrupted...": text of the host, not of a person.
bool is_from_host(std::string_view text);

// What else a word is that stands as a name: nothing that the lexicon or two of the shipped lessons have; what work is
// about (a concept of the lexicon: "pdf"); or a word for anything ("force").
enum class Usage : std::uint8_t { none, subject, ordinary };
Usage usage_of(const Router& router, std::string_view word);
// Whether it is read as a misspelling of a known word.
bool is_misspelt(const Router& router, std::string_view word);

// Maps words to terms and remembers, because texts repeat words. The tables must outlive it. Not thread-safe.
class WordTerms {
 public:
  explicit WordTerms(const Tables& tables) : tables_(tables) {}
  struct Known {
    std::uint32_t term = none;  // none: not known
    std::uint32_t stem = 0;     // hash of the stem
    Form form = Form::any;
  };
  Known read(std::string_view word);
  std::uint32_t of(std::string_view word) { return read(word).term; }

 private:
  const Tables& tables_;
  Stemmer stemmer_;
  std::unordered_map<std::string, Known> known_;
  std::string word_;
};

// Reads the words of a manifest: as English, and without a search for patterns, so `found` stays empty.
Prompt read_words(const Tables& tables, WordTerms& terms, std::string_view text);

// ASCII with a few function words that only English has: a cheap test that nearly all English prompts pass.
bool is_plainly_english(std::string_view text);

// By the scripts, accented letters and function words of about 100 words; English unless there is enough evidence.
Language language_of(const Dictionary& dictionary, std::string_view text);

// The two letters of the language of a text, by the shipped dictionary: "en".
std::string_view language_code(std::string_view text);

// The evidence that a prompt gives for every entry, added up.

struct Ranked {
  std::uint32_t entry = 0, score = 0;
};

// Best first; ties by entry. No function: sorting would call it, where this is part of the loop.
inline constexpr auto is_better = [](const Ranked& a, const Ranked& b) noexcept {
  return a.score != b.score ? a.score > b.score : a.entry < b.entry;
};

inline std::span<const Ranked> leading(const std::vector<Ranked>& order, std::size_t most) noexcept {
  return {order.data(), std::min(most, order.size())};
}

// One piece of a prompt that has postings: a word or a concept.
struct Clue {
  std::uint32_t term = 0, weight = 0;  // per mille
  std::uint32_t position = 0;          // of its best word; clues of one position are one piece of evidence
  std::uint32_t word = 0;              // index of that word in the prompt
  bool concept_clue = false;
  Form form = Form::any;
};

class Scorer {
 public:
  Scorer(const Tables& tables, const Weights& weights, const Prompt& prompt);

  const std::vector<Clue>& clues() const { return clues_; }
  // The entries with a score, best first; ties by entry: those of the shipped library, or all others.
  std::vector<Ranked> rank(bool shipped);
  std::uint32_t worth(const Clue& clue, const Posting& posting) const;       // the points that one clue gives one entry
  std::uint32_t concept_points(std::uint32_t entry) const;                   // that concepts give an entry
  const Posting* posting_of(std::uint32_t term, std::uint32_t entry) const;  // nullptr: the entry has no such term
  // The same for a word; nullptr also where the entry has another word of its stem, or has it in passing.
  const Posting* posting_of(const PromptWord& word, std::uint32_t entry) const;
  // Sets a 1 at every position of the prompt that speaks for the entry.
  void mark_met(std::uint32_t entry, std::vector<std::uint8_t>& met) const;
  const Mentions& mentions() const { return prompt_.mentions; }
  const std::vector<std::uint32_t>& excluded() const { return excluded_; }  // words of names; terms, sorted
  bool is_called(std::uint32_t entry) const { return call_of(entry) != nullptr; }
  bool is_refused(std::uint32_t entry) const {
    return std::binary_search(mentions().refused.begin(), mentions().refused.end(), entry);
  }
  // Whether the prompt is, word for word, a lesson for this manifest of the user's own, and for no other.
  bool is_lesson_of(std::uint32_t entry) const { return entry == taught_; }
  // Whether an own manifest has the term only from lessons of which the prompt says too little: it may want another.
  bool is_in_passing(std::uint32_t term, const Posting& posting) const;
  std::vector<Evidence> evidence(std::uint32_t entry) const;  // the weightiest first
  std::string concept_name(std::uint32_t term) const;
  std::string word_text(std::uint32_t word) const;
  // The part of a phrase that the prompt covers.
  struct Cover {
    std::uint32_t share = 0;     // per mille of its weight
    std::uint32_t siblings = 0;  // points for the words by which siblings differ
  };
  Cover covered(const PhraseRecord& phrase) const;
  bool says(const PhraseWord& word) const;  // the word itself, or what it alone means
  std::uint32_t concept_strength(std::uint32_t id) const { return id < concepts_.size() ? concepts_[id] : 0; }

 private:
  const Call* call_of(std::uint32_t entry) const;
  void find_explained();
  void add_associations(std::vector<std::uint32_t>& position_of);
  std::uint32_t firmness(const PatternRecord& pattern, const PatternHit& hit) const;
  void collect_words();
  void collect_concepts();
  std::uint64_t worth(const Clue& clue, std::size_t lane) const;  // before the entry's own weight
  std::uint64_t impact_of(const Clue& clue, const Posting& posting, std::size_t lane) const;
  void score_entries();
  void add_clues();
  void add_shares(std::vector<Ranked>& ranked) const;
  void discount();
  bool has_term(std::uint32_t term) const;
  void put_taught_first(std::vector<Ranked>& ranked);
  bool says_enough_of(const PhraseRecord& phrase) const;

  const Tables& tables_;
  const Weights& weights_;
  const Prompt& prompt_;
  std::vector<std::uint32_t> excluded_;
  std::vector<Clue> clues_;              // by position
  std::vector<std::uint8_t> explained_;  // by position: 1 when a phrase of several words holds it
  std::vector<std::uint32_t> concepts_;  // strength by concept, per mille
  std::uint32_t plain_ = 0;              // weight of what the whole file says, per mille; more in a long prompt
  std::vector<std::uint64_t> has_;       // a bit for each term; 1: the prompt has it
  std::vector<std::uint32_t> told_;      // the terms of its words, without function words, in the order of the text
  std::vector<std::uint32_t> scores_;
  std::uint32_t taught_ = none;                // the entry of which the prompt is a lesson
  mutable std::vector<std::uint8_t> passing_;  // by entry, for is_in_passing(): 0 not looked at, 1 no, 2 yes
};

// Reorders the first abroad.size() of `ranked`: manifests of different owners by `abroad`, where triggers count within
// a budget. One that falls behind another owner's keeps at most its score in `abroad`.
void settle_between_owners(const Tables& tables, const std::vector<std::uint32_t>& abroad, std::vector<Ranked>& ranked);

}  // namespace cascade::route
