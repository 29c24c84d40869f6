// Every number that the router's judgement rests on, in one place. Fixed, integer, monotone: more evidence never lowers
// a score. docs/routing.md has what each is worth.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cascade::route {

// The fields of a manifest, best first; a posting's mask has a bit for each.
enum class Field : std::uint8_t { name, triggers, description, situation, headings, body, referrers, examples };
constexpr std::size_t field_count = 8;
std::string_view to_string(Field field) noexcept;

// Used while tables are built.
struct FieldWeights {
  // Per cent of one occurrence in a field, in the order of Field.
  std::array<std::uint32_t, field_count> full{600, 250, 300, 150, 60, 35, 40, 60};
  std::array<std::uint32_t, field_count> strong{600, 300, 250, 100, 40, 0, 0, 0};
  // How far a long field is discounted, per cent.
  std::array<std::uint32_t, field_count> length{30, 40, 50, 50, 60, 60, 50, 50};
  // Where more of the same stops to matter, in the units of the weights.
  std::uint32_t full_half = 220, strong_half = 500;
  // An entry with this impact, per mille, counts as one that has the word when its rarity is taken.
  std::uint32_t word_mass = 500, concept_mass = 350, soft = 1;
};

// So many trigger phrases of a plugin, and of a root with all its plugins, count in full against others' manifests; of
// more each counts less.
struct TriggerBudget {
  std::uint32_t owner = 128, root = 512;
};

// A library that no shipped prompt is about: by Caution, how far the best must lead the second to be loaded, per mille
// of its score, and how many of 100 loads must have been right on prompts that were kept back.
constexpr std::array<std::uint32_t, 3> untaught_lead{400, 500, 500};
constexpr std::array<std::uint32_t, 3> wanted_precision{93, 97, 99};

struct Weights {
  // Score of a word: rarity * impact * one of these, per mille.
  std::uint32_t word = 1000, repaired = 650;
  // What associated words give a concept, per mille of their shares: at most so much, less when it is one word alone,
  // and how much of it counts besides a phrase.
  std::uint32_t association = 800, association_most = 800, association_single = 600, association_more = 1000;
  // Of a word that is part of a longer phrase, and of what a word says in a second way; per mille.
  std::uint32_t explained = 700, further = 350;
  // From so many words on each counts less; how slowly.
  std::uint32_t many_words = 14, fewer = 10;
  // By class of word: special, trade, plain, function.
  std::array<std::uint32_t, 4> by_class{1000, 650, 450, 0};
  // A concept, by how the prompt expresses it.
  std::uint32_t concept_is = 500, concept_says = 900, concept_hints = 350, concept_scale = 1000;
  // A phrase whose words stand apart counts less: by how much for each word between them, per mille.
  std::uint32_t loose = 200;
  // More for each further word of the phrase; for a concept that several phrases express, and how much at most.
  std::uint32_t concept_word = 40, concept_again = 125, concept_most = 1300;
  // Bonus for the share of a name, or of one declared trigger, that the prompt covers; per mille of the score.
  std::uint32_t name_share = 200, trigger_share = 1000;
  // Of a word of the name by which siblings differ, once another word of it is met; per mille of its rarity.
  std::uint32_t sibling = 700;
  // What a manifest gains that is about the languages of the files at hand; per mille.
  std::uint32_t surroundings = 80;
};

}  // namespace cascade::route
