// Counts the words of a source by field, and the concepts that its texts express.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "route/build/fields.h"
#include "route/build/notes.h"
#include "route/build/word_counts.h"
#include "route/lexicon_table.h"
#include "route/vocabulary.h"

namespace cascade::route {

// Lines and descriptions that many sources share: they do not tell one source from another.
class Boilerplate {
 public:
  Boilerplate(Span<std::uint32_t> lines, Span<std::uint64_t> descriptions);  // sorted
  bool has_line(std::uint32_t hash) const noexcept;
  bool has_description(std::uint64_t hash) const noexcept;

 private:
  Span<std::uint64_t> descriptions_;
  std::vector<std::uint32_t>
      lines_;  // open addressing; 0, the hash of lines without letters and digits, marks a free slot
};

class Counter {
 public:
  // Adds new words to the vocabulary.
  Counter(const Registry& registry, Vocabulary& vocabulary, const LexiconTable& lexicon,
          const Boilerplate& boilerplate);

  // Sets the counts in `noted` and adds its records at the end of `notes`.
  void count(const Source& source, const std::vector<std::string_view>& referrers, NotedSource& noted,
             NotesData& notes);

 private:
  void add(Field field, std::string_view text);
  void add_and_express(Field field, std::string_view text);
  std::uint32_t sign_of(std::uint32_t word);
  void count_word(Field field, WordCounts::Counted& word, bool digits);
  void express(Field field);
  std::vector<std::uint32_t> read_phrase(std::string_view text);
  void add_phrase(const std::vector<std::uint32_t>& words, NotesData& notes) const;
  void add_names(const Source& source, NotesData& notes);
  void add_body(const Source& source);
  void count_words(Field field, const char* begin, const char* end, const char* text_end);
  void keep(NotedSource& noted, NotesData& notes);

  const Registry& registry_;
  Vocabulary& vocabulary_;
  const LexiconTable& lexicon_;
  const Boilerplate& boilerplate_;
  PatternMatcher matcher_;
  WordCounts words_;
  std::vector<std::uint32_t> signs_;  // by word
  std::vector<std::array<std::uint8_t, field_count>> concepts_;
  std::vector<std::uint32_t> expressed_;
  std::array<std::uint32_t, field_count> lengths_{};
  SignText text_;
  PatternHits hits_;
};

}  // namespace cascade::route
