// The words of a source counted by field, and the concepts that its texts express.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "route/fields.h"
#include "route/lexicon_table.h"
#include "route/notes.h"
#include "route/vocabulary.h"

namespace cascade::route {

// What many sources share and no single one is told by.
class Boilerplate {
 public:
  Boilerplate(Span<std::uint32_t> lines, Span<std::uint64_t> descriptions);  // sorted
  bool has_line(std::uint32_t hash) const noexcept;
  bool has_description(std::uint64_t hash) const noexcept;

 private:
  Span<std::uint32_t> lines_;
  Span<std::uint64_t> descriptions_;
  std::vector<std::uint8_t> may_have_;  // by the low bits of a line's hash
};

class Counter {
 public:
  // Words that are new are entered into the vocabulary.
  Counter(const Registry& registry, Vocabulary& vocabulary, const LexiconTable& lexicon,
          const Boilerplate& boilerplate);

  // Sets what `noted` counts, its records at the end of `notes`.
  void count(const Source& source, const std::vector<std::string_view>& referrers, NotedSource& noted,
             NotesData& notes);

 private:
  struct WordState {
    FieldCounts counts = 0;
    std::uint32_t source = 0, unused = 0;  // the last that used it, counted from 1
  };

  std::uint32_t use(std::string_view word);
  void add(Field field, std::string_view text, bool expresses);
  void express(Field field);
  std::vector<std::uint32_t> read_phrase(std::string_view text);
  void add_phrase(const std::vector<std::uint32_t>& words, NotesData& notes) const;
  void add_names(const Source& source, NotesData& notes);
  std::string_view own_lines(const Source& source);
  void keep(NotedSource& noted, NotesData& notes);

  const Registry& registry_;
  Vocabulary& vocabulary_;
  const LexiconTable& lexicon_;
  const Boilerplate& boilerplate_;
  PatternMatcher matcher_;
  std::vector<WordState> words_;
  std::vector<std::uint32_t> used_;  // words of this source, by first use
  std::vector<std::array<std::uint8_t, field_count>> concepts_;
  std::vector<std::uint32_t> expressed_;
  std::array<std::uint32_t, field_count> lengths_{};
  std::uint32_t source_ = 0;
  std::string body_;
  SignText text_;
  PatternHits hits_;
};

}  // namespace cascade::route
