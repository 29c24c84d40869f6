// The numbers on which the router's scores rest, in one place. Fixed integers. docs/routing.md explains them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::route {

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

// Trigger phrases of a plugin, and of a root with its plugins, that count in full. With more of them, each counts less.
struct TriggerBudget {
  std::uint32_t owner = 128, root = 512;
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
  // Strength that associated words give a concept, per mille of their shares: its limit, its factor for a single word,
  // and its factor next to a phrase of the concept.
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

// The rarity of a word that `sixteenths` / 16 of `all` entries have; one that has it in passing may count as a
// fraction.
std::uint16_t rarity(std::size_t all, std::uint64_t sixteenths) noexcept;

}  // namespace cascade::route
