// The words of every source counted by field, and the concepts that its texts express.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "route/fields.h"
#include "route/lexicon.h"
#include "route/tables.h"
#include "route/vocabulary.h"

namespace cascade::route {

// How often one entry has one term, by field. For a concept: the strength of what expresses it, in quarters.
struct Count {
  std::uint32_t term = 0;
  std::array<std::uint8_t, field_count> by_field{};
};

struct CountedEntry {
  std::vector<Count> terms, concepts;                // by term; a concept's term is its pseudo-term
  std::array<std::uint32_t, field_count> lengths{};  // in words
  std::vector<std::vector<std::uint32_t>> phrases;   // terms in order: the name, then aliases, then triggers
  std::size_t name_phrases = 1;
};

class Counter {
 public:
  Counter(Vocabulary& vocabulary, const Lexicon& lexicon);
  CountedEntry count(const Registry& registry, const Source& source);
  const std::vector<std::uint32_t>& concept_terms() const { return concept_terms_; }  // none for "@..." ones

 private:
  void add(Field field, std::string_view text, bool expresses);
  std::vector<std::uint32_t> phrase_terms(std::string_view text);
  void add_names(const Registry& registry, const Source& source, CountedEntry& entry);
  void express(Field field);

  Vocabulary& vocabulary_;
  const Lexicon& lexicon_;
  PatternTables tables_;
  PatternMatcher matcher_;
  std::vector<std::uint32_t> sign_of_, concept_terms_;
  std::vector<std::array<std::uint8_t, field_count>> counts_, concept_counts_;
  std::vector<std::uint32_t> touched_, touched_concepts_;
  std::array<std::uint32_t, field_count> lengths_{};
  SignText text_;
  PatternHits hits_;
};

}  // namespace cascade::route
