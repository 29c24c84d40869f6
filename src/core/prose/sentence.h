// The words of a sentence beside a place in it: in lower case, at most 160 bytes and 40 words, each with its roles.
#pragma once

#include "prose/words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::prose {

constexpr std::size_t sentence_window = 160;  // bytes looked at on either side

// Words without the marks around them. A mark that ends a sentence or clause is a word of its own.
class SentenceWords {
 public:
  explicit SentenceWords(std::string_view text);

  std::size_t size() const noexcept { return count_; }
  std::string_view operator[](std::size_t i) const noexcept {
    return {letters_.data() + words_[i].begin, words_[i].length};
  }
  Roles roles(std::size_t i) const noexcept { return roles_[i]; }
  bool is(std::size_t i, Roles wanted) const noexcept { return i < count_ && (roles_[i] & wanted) != 0; }
  bool has(std::size_t i, std::string_view word) const noexcept { return i < count_ && (*this)[i] == word; }
  // Whether a colon ends the word, also behind marks of emphasis.
  bool is_label(std::size_t i) const noexcept;
  // Whether marks of code or emphasis stand right before and behind the word.
  bool is_set_off(std::size_t i) const noexcept;
  // Whether a bracket that opens behind the beginning of word `first` is open before word `last`, and not only for it.
  bool is_in_brackets(std::size_t first, std::size_t last) const noexcept;
  // Whether a bracket opens right before the word.
  bool opens_bracket(std::size_t i) const noexcept;
  // "Skill(": whether the bracket that is open behind the last words belongs to a call.
  bool is_in_call() const noexcept;
  // Whether a bracket opens or closes behind the last word.
  bool closes_with_bracket() const noexcept;
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
  std::array<Roles, 40> roles_{};
  std::size_t count_ = 0, size_ = 0;  // words, bytes
};

}  // namespace cascade::prose
