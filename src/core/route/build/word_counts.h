// Counts the words of a source, field by field.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "route/build/notes.h"
#include "route/build/plain_words.h"
#include "route/vocabulary.h"

namespace cascade::route {

// Words that keep recurring are found by their bytes as two integers, next to their counts in the current source. That
// takes one look at a small table instead of one each for hash, text, number and counts.
class WordCounts {
 public:
  struct Counted {
    WordBytes bytes;           // of a word of more than 16: its number and ~0, which no word's bytes are
    FieldCounts counts = 0;    // in the source at hand
    std::uint32_t source = 0;  // the last that used it, counted from 1
    std::uint32_t number = 0;  // in the vocabulary
  };

  // Adds new words to the vocabulary.
  explicit WordCounts(Vocabulary& vocabulary) : vocabulary_(vocabulary), slots_(1024) {}

  void begin_source();
  // The word, now one of the source's. Valid until the next call.
  Counted& use(WordBytes word) {
    const std::uint32_t slot = slots_[slot_of(word)];
    return slot != 0 ? used(slot - 1) : use_new(word);
  }
  Counted& use(std::string_view word);
  // The words of this source, by first use.
  std::span<const std::uint32_t> of_source() const { return {used_.data(), used_count_}; }
  const Counted& operator[](std::uint32_t place) const { return words_[place]; }

 private:
  std::size_t slot_of(WordBytes word) const noexcept {
    const std::uint64_t hash = (word.low ^ word.high * 0xd6e8feb86659fd93ULL) * 0x9e3779b97f4a7c15ULL;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 32 ^ hash >> 48) & mask;
    while (slots_[at] != 0 && !(words_[slots_[at] - 1].bytes == word)) at = (at + 1) & mask;
    return at;
  }
  Counted& used(std::uint32_t place) {
    Counted& word = words_[place];
    const bool is_first = word.source != source_;  // which words are cannot be foreseen: no branch
    word.source = source_;
    word.counts = is_first ? 0 : word.counts;
    used_[used_count_] = place;
    used_count_ += is_first ? 1 : 0;
    return word;
  }
  Counted& use_new(WordBytes word);
  std::uint32_t add(WordBytes word, std::uint32_t number);

  Vocabulary& vocabulary_;
  std::vector<std::uint32_t> slots_;  // place in words_ + 1; 0: free
  std::vector<Counted> words_;
  std::vector<std::uint32_t> used_;  // room for all words and one more
  std::size_t used_count_ = 0;
  std::uint32_t source_ = 0;
};

}  // namespace cascade::route
