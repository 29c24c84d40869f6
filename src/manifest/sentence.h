// The words of a sentence up to a name, for those who judge how strongly it refers: in lower case, at most 160 bytes
// and 40 words.
#pragma once

#include "manifest/body_text.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::manifest {

constexpr std::size_t sentence_window = 160;  // bytes looked at on either side

// Words without the marks around them. A mark that ends a sentence or clause is a word of its own.
class SentenceWords {
 public:
  explicit SentenceWords(std::string_view text);

  std::size_t size() const noexcept { return count_; }
  std::string_view operator[](std::size_t i) const noexcept {
    return {letters_.data() + words_[i].begin, words_[i].length};
  }
  bool has(std::size_t i, std::string_view word) const noexcept { return i < count_ && (*this)[i] == word; }
  // Whether a colon ends the word, also behind marks of emphasis.
  bool is_label(std::size_t i) const noexcept;
  // Whether marks of code or emphasis stand right before and behind the word.
  bool is_set_off(std::size_t i) const noexcept;
  // Whether a bracket that opens behind the beginning of word `first` is open before word `last`, and not only for it.
  bool is_in_brackets(std::size_t first, std::size_t last) const noexcept;
  // Whether a bracket opens behind the last word.
  bool is_bracket_open() const noexcept;
  // Keeps only the words after the last end of a sentence.
  void keep_last_sentence() noexcept;

 private:
  struct Word {
    std::uint8_t begin, length;
  };
  static_assert(sentence_window < 256);

  void add(std::size_t begin, std::size_t length) noexcept;

  std::array<char, sentence_window> letters_{};
  std::array<Word, 40> words_{};
  std::size_t count_ = 0;
};

// The words before a name, back to the beginning of its sentence.
SentenceWords words_before(const BodyText& body, const TextLine& line, std::size_t begin);

}  // namespace cascade::manifest
