// Cuts text into the pieces of o200k_base: words, numbers, punctuation and white space, each encoded by itself.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tokens/piece_block.h"

namespace cascade::tokens {

// Returns the end of the piece that begins at `at`, by the rules alone. REQUIRES: at < text.size(), and `at` is 0 or
// the end of a piece.
std::size_t scan_piece(std::string_view text, std::size_t at) noexcept;

// Calls use(std::string_view) for each piece in order. Pieces cover the text. Any bytes; each maximal ill-formed UTF-8
// subpart counts as one U+FFFD, and no piece ends inside one. Linear in the text.
template <typename Use>
void for_each_piece(std::string_view text, Use use) {
  constexpr std::ptrdiff_t block_size = 64, least = 24;  // bytes; below `least` a block costs more than it saves
  const char* const end = text.data() + text.size();
  for (const char* begin = text.data(); begin < end;) {
    const char* const block = begin;
    PieceStarts starts;
    if (end - block >= least && static_cast<signed char>(*block) >= 0) {
      const auto left = static_cast<std::size_t>(end - block);
      starts = end - block >= block_size ? piece_starts(block, left) : piece_starts_at_end(block, left);
    }
    for (std::uint64_t bits = starts.bits & (starts.bits - 1); bits != 0; bits &= bits - 1) {
      const char* const next = block + std::countr_zero(bits);
      use(std::string_view(begin, static_cast<std::size_t>(next - begin)));
      begin = next;
    }
    if (!starts.open) continue;
    const auto at = static_cast<std::size_t>(begin - text.data()), size = scan_piece(text, at) - at;
    use(std::string_view(begin, size));
    begin += size;
  }
}

}  // namespace cascade::tokens
