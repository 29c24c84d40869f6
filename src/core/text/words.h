// Words of running text, by bytes and without a locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/ascii.h"

namespace cascade::letters {

// Letters and digits; every byte of a character beyond ASCII counts as a letter, so words of other scripts stay whole
// without decoding them.
constexpr bool is_word_byte(char c) noexcept { return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// An apostrophe between two word bytes belongs to the word ("don't"), or ends it ("plugin's" is "plugin" and "s").
enum class Apostrophe : std::uint8_t { inside, between };

// Iterates over the words of a text, which must outlive it.
class WordCursor {
 public:
  explicit WordCursor(std::string_view text, Apostrophe apostrophe = Apostrophe::inside) noexcept
      : text_(text), apostrophe_(apostrophe) {}
  bool next() noexcept;  // false at the end
  std::string_view word() const noexcept { return text_.substr(begin_, end_ - begin_); }
  std::size_t begin() const noexcept { return begin_; }
  std::size_t end() const noexcept { return end_; }

 private:
  std::string_view text_;
  std::size_t begin_ = 0, end_ = 0;
  Apostrophe apostrophe_;
};

}  // namespace cascade::letters
