// Cuts text into the pieces of o200k_base: words, numbers, punctuation and white space, each encoded by itself.
#pragma once

#include <cstddef>
#include <string_view>

#include "tokens/piece_window.h"

namespace cascade::tokens {

// The end of the piece that begins at `at`, by the rules alone. REQUIRES: at < text.size(), and `at` is 0 or the end of
// a piece.
std::size_t scan_piece(std::string_view text, std::size_t at) noexcept;

// Calls use(std::string_view) for each piece in order. Pieces tile the text. Any bytes; each maximal ill-formed UTF-8
// subpart is one U+FFFD, and no piece ends inside one. Linear in the text.
template <typename Use>
void for_each_piece(std::string_view text, Use use) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t seen = text.size() - at >= window_size ? piece_in_window(text.data() + at) : 0;
    const std::size_t length = seen != 0 ? seen : scan_piece(text, at) - at;
    use(text.substr(at, length));
    at += length;
  }
}

}  // namespace cascade::tokens
