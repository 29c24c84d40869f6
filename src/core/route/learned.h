// The learned model as one block of bytes that is read in place: how strongly each word, pair of words, concept and row
// of four letters of a prompt is evidence for each class (a manifest, or "none").
//
// The model is naive Bayes with Dirichlet smoothing: for each class the logarithm of how much more often its prompts
// have a feature than prompts in general. A class is scored by adding up rows, so its features explain a decision.
//
// The ways to ask for a kind ("list all" for a command) are learned from the prompts for all its manifests and counted
// for each of them. Otherwise a command would lose to the skill of its subject.
//
// Invariants of a block that learn() made:
// (1) The first classes are for prompts that need nothing ("none thanks"), then come kinds ("a command"), then
//     manifests; each group is sorted by name. A feature's cell for a kind says how much more often the kind's prompts
//     have the feature than the other kind's.
// (2) `slots` is an open-addressing table over features, at most two thirds full; a hash begins at its share of 2^32.
// (3) A row in `rows`: the lower half of its feature's hash (2 bytes), its weight (2), the count of its cells (2) and
//     their size in bytes (2), the cells, and for a word its pairs: their count (2), for each `pair_block` of them the
//     first one's check (2) and its offset after this directory (2), and the pairs' rows by check: check (2), weight /
//     4 (1), count of cells (1), cells. A cell: the distance from the previous class (1; 255: move on by 255, no gain
//     follows) and the gain (1). All numbers are little-endian.
#pragma once

#include <cascade/route.h>

#include <array>
#include <compare>
#include <string_view>
#include <vector>

namespace cascade::route {

// Two words near each other, by their stems' hashes: the second directly after the first, or the smaller hash first.
struct WordPair {
  std::uint32_t first = 0, second = 0;
  bool in_order = false;

  std::strong_ordering operator<=>(const WordPair& o) const {
    return first != o.first ? first <=> o.first : second != o.second ? second <=> o.second : in_order <=> o.in_order;
  }
  bool operator==(const WordPair& o) const = default;
};

// All features of a prompt, each once, sorted.
struct Features {
  std::vector<std::uint32_t> words;  // stems, concepts, length and marks
  std::vector<std::uint32_t> grams;  // four letters in a row
  std::vector<WordPair> pairs;
};

// The kinds of features that a single hash identifies.
enum class FeatureKind : std::uint8_t { word, concept_name, shape, gram };
std::uint32_t feature_hash(FeatureKind kind, std::uint32_t text_hash) noexcept;

struct LearnedClass {
  std::uint32_t name = 0, name_length = 0;      // in `text`: "skill:flaky-test-elimination"
  std::uint32_t prompts = 0, prompt_count = 0;  // the first of its prompts among `prompt_ends`
  std::uint32_t about = 0, about_count = 0;     // hashes of the words of its description, into `about`
  std::int32_t cost = 0;   // for each unit of weight, in 1/16 bit: a class of many prompts costs more
  std::uint32_t kind = 0;  // for a manifest, the class of its kind; 0: no kind was learned
};

constexpr std::uint32_t free_slot = 0xffffffffU;

struct Learned {
  Span<LearnedClass> classes;
  Span<std::uint32_t> slots;  // offsets in `rows`, or free_slot
  Span<std::uint32_t> about;
  Span<std::uint32_t> prompt_ends;  // where each kept prompt ends in `prompts`
  std::string_view rows, text, prompts;
  std::uint32_t nones = 0;      // number of classes that need nothing
  std::uint32_t manifests = 0;  // the first class of a manifest

  bool open(std::string_view bytes);  // false: not a block of this format
  bool empty() const { return classes.size == manifests; }
  std::string_view name(std::uint32_t learned_class) const;
  std::string_view prompt(std::uint32_t number) const;
  std::uint32_t find(std::string_view name) const;  // the class of a manifest; none: no such class
  const char* row(std::uint32_t hash) const;        // nullptr: not learned
  // How rare a word is among all lessons, in 64ths of a bit, by the hash of its stem.
  std::uint32_t rarity_of(std::uint32_t stem) const;
};

// How well each class explains a prompt, in 64ths of a bit. Scores are comparable within one prompt only.
class LearnedScores {
 public:
  LearnedScores(const Learned& learned, const Features& features);
  std::int32_t of(std::uint32_t learned_class) const { return scores_[learned_class]; }
  std::size_t size() const { return scores_.size(); }
  std::uint32_t known() const { return known_; }  // features that the table has

 private:
  std::vector<std::int32_t> scores_;
  std::uint32_t known_ = 0;
};

// The gain of one class from one feature, the gain of its kind included, for explanations.
struct LearnedGain {
  std::uint32_t feature = 0;  // among words, then pairs, then grams
  std::int32_t gain = 0;      // 64ths of a bit
};
std::vector<LearnedGain> learned_gains(const Learned& learned, const Features& features, std::uint32_t learned_class);

// Sorted hashes of the words of a description with four letters or more, to tell manifests of one name apart.
std::vector<std::uint32_t> about_words(std::string_view description);

// The block in the program, learned by the build; 8-byte aligned.
std::string_view learned_bytes() noexcept;
Learned shipped_learned();  // views of learned_bytes(); empty if that is no block

constexpr std::string_view kind_prefix = "a ";  // of the name of a kind's class
constexpr std::uint32_t pair_block = 16;        // rows of pairs for each entry of their directory
constexpr std::size_t slot_of(std::uint32_t hash, std::size_t slots) noexcept {
  return static_cast<std::size_t>(std::uint64_t{hash} * slots >> 32);
}
std::uint16_t pair_check(std::uint32_t other, bool in_order, bool owner_first) noexcept;
std::uint32_t square_root(std::uint64_t value) noexcept;

// Prompts with known answers to the table above, by counting.

struct Lesson {
  std::uint32_t learned_class = 0;  // into Lessons::classes
  std::uint32_t percent = 100;      // of a prompt: what a manifest says of itself counts less
  Features features;
  std::string text;  // kept for explanations; empty: not kept
};

struct TaughtClass {
  std::string name;                  // kind:name, "none" and a word, or "a" and a kind
  std::vector<std::uint32_t> about;  // about_words() of its description
};

struct Lessons {
  std::vector<TaughtClass> classes;  // those that need nothing first, then kinds; each by name
  std::vector<Lesson> lessons;
};

// The same lessons, in any order, give the same bytes. Features that only one lesson has are left out.
std::string learn(const Lessons& lessons);

// By Caution: the fewest points from which the wanted share of at least thirty loads was right, never below a floor.
// never_loaded: no number of points is enough; not_shown: fewer than thirty loads lead by enough.
std::array<std::int32_t, 3> precise_from(const Registry& registry, const Router& router,
                                         const std::vector<KnownPrompt>& prompts);

void put_load_from(std::string& block, const std::array<std::int32_t, 3>& points);

}  // namespace cascade::route
