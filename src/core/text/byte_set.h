// A set of bytes as a table: a query is one look-up, however many bytes it holds. The standard library's
// find_first_of() searches its set again for each byte of the text.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace cascade::letters {

class ByteSet {
 public:
  constexpr ByteSet() = default;
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) add(c);
  }
  constexpr void add(char c) { has_[static_cast<unsigned char>(c)] = true; }

  constexpr bool has(char c) const noexcept { return has_[static_cast<unsigned char>(c)]; }
  // Returns the position of the first of them in the text, at or after `from`; npos: none.
  constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const noexcept {
    while (from < text.size() && !has(text[from])) ++from;
    return from < text.size() ? from : std::string_view::npos;
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace cascade::letters
