// Cuts text into the pieces of o200k_base: words, numbers, punctuation and white space, each encoded by itself.
#pragma once

#include <cstddef>
#include <string_view>

#include "tokens/piece_window.h"

namespace cascade::tokens {

// piece_end() by the rules alone, without the fast way.
std::size_t scan_piece(std::string_view text, std::size_t at) noexcept;

// The end of the piece that begins at `at`. Pieces tile the text. Any bytes; each maximal ill-formed UTF-8 subpart is
// one U+FFFD, and no piece ends inside one. Time is linear in the text over all its pieces. REQUIRES: at < text.size(),
// and `at` is 0 or the end of a piece.
inline std::size_t piece_end(std::string_view text, std::size_t at) noexcept {
  if (text.size() - at >= window_size)
    if (const std::size_t length = piece_in_window(text.data() + at); length != 0) return at + length;
  return scan_piece(text, at);
}

}  // namespace cascade::tokens
