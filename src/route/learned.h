// What prompts taught, as one block of bytes that is read in place: how much each word, pair of words, concept and
// four letters of a prompt speak for each class (a manifest, or "none").
//
// The model is naive Bayes with Dirichlet smoothing: for each class the logarithm of how much more often its prompts
// have a feature than prompts in general. It is learned by counting (route/build/learning.h), and a class is scored by
// adding up rows, so that a decision can be explained by the features that carried it.
//
// How a kind is asked for ("list all", "our pager never stops") is learned from the prompts for all its manifests and
// said for each: commands lose to the skill of their subject otherwise.
//
// Invariants of a block that learn() made:
// (1) The first classes are of prompts that need nothing ("none thanks"), then come kinds ("a command"), then
// manifests;
//     each by name. Of a kind a feature's cell says how much more often its prompts have it than the other's.
// (2) `slots` is an open-addressing table over features, at most two thirds full; a hash begins at its share of 2^32.
// (3) A row stands in `rows` as: the lower half of its feature's hash (2 bytes), its weight (2), how many cells it has
// (2)
//     and how many bytes they take (2), the cells, and for a word its pairs: their count (2), for each `pair_block` of
//     them the first one's check (2) and where it stands behind this directory (2), and their rows by check: check (2),
//     weight / 4 (1), count of cells (1), cells. A cell: the distance to the class before (1; 255: so much further, and
//     no gain follows) and the gain (1). All numbers little-endian.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

// Two words that stand near each other, by the hashes of their stems. In order, one directly behind the other; or not,
// the smaller hash first.
struct WordPair {
  std::uint32_t first = 0, second = 0;
  bool in_order = false;

  bool operator<(const WordPair& o) const {
    return first != o.first ? first < o.first : second != o.second ? second < o.second : in_order < o.in_order;
  }
  bool operator==(const WordPair& o) const { return first == o.first && second == o.second && in_order == o.in_order; }
};

// Everything that a prompt has, each once, sorted.
struct Features {
  std::vector<std::uint32_t> words;  // stems, concepts, length and marks
  std::vector<std::uint32_t> grams;  // four letters in a row
  std::vector<WordPair> pairs;
};

// Kinds of features that one hash names.
enum class FeatureKind : std::uint8_t { word, concept_name, shape, gram };
std::uint32_t feature_hash(FeatureKind kind, std::string_view text) noexcept;
std::uint32_t feature_hash(FeatureKind kind, std::uint32_t text_hash) noexcept;

struct LearnedClass {
  std::uint32_t name = 0, name_length = 0;      // in `text`: "skill:flaky-test-elimination"
  std::uint32_t prompts = 0, prompt_count = 0;  // the first of its prompts among `prompt_ends`
  std::uint32_t about = 0, about_count = 0;     // hashes of the words of its description, into `about`
  std::int32_t cost = 0;                        // of each unit of weight, 1/16 bit: a class of many prompts costs more
  std::uint32_t kind = 0;                       // of a manifest: the class of its kind; 0: no kind was learned
};

constexpr std::uint32_t free_slot = 0xffffffffU;

struct Learned {
  Span<LearnedClass> classes;
  Span<std::uint32_t> slots;  // offsets in `rows`, or free_slot
  Span<std::uint32_t> about;
  Span<std::uint32_t> prompt_ends;  // where each kept prompt ends in `prompts`
  std::string_view rows, text, prompts;
  std::uint32_t nones = 0;      // how many classes need nothing
  std::uint32_t manifests = 0;  // the first class that is a manifest's

  bool open(std::string_view bytes);  // false: no such block
  bool empty() const { return classes.size == manifests; }
  std::string_view name(std::uint32_t learned_class) const;
  std::string_view prompt(std::uint32_t number) const;
  std::uint32_t find(std::string_view name) const;  // a manifest's; none: no such class
  const char* row(std::uint32_t hash) const;        // nullptr: not learned
};

// How well each class explains a prompt, in 64ths of a bit; they compare with each other only.
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

// What one feature gives one class, its kind included, for explanations.
struct LearnedGain {
  std::uint32_t feature = 0;  // among words, then pairs, then grams
  std::int32_t gain = 0;      // 64ths of a bit
};
// `by_length` false: not divided by how much the prompt has, to compare prompts of one length with others.
std::vector<LearnedGain> learned_gains(const Learned& learned, const Features& features, std::uint32_t learned_class,
                                       bool by_length = true);

// Hashes of the words of a description, four letters or more, sorted; to tell a manifest from another of its name.
std::vector<std::uint32_t> about_words(std::string_view description);

// The block that the program ships, learned while Cascade is built; 8-byte aligned.
std::string_view learned_bytes() noexcept;
Learned shipped_learned();  // as views of it

// Shared by whoever writes and whoever reads rows.
constexpr std::string_view kind_prefix = "a ";  // of the name of a kind's class
constexpr std::uint32_t pair_block = 16;        // rows of pairs for each entry of their directory
constexpr std::size_t slot_of(std::uint32_t hash, std::size_t slots) noexcept {
  return static_cast<std::size_t>(std::uint64_t{hash} * slots >> 32);
}
std::uint16_t pair_check(std::uint32_t other, bool in_order, bool owner_first) noexcept;
std::uint32_t square_root(std::uint64_t value) noexcept;

}  // namespace cascade::route
