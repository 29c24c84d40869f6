// Byte-pair encoding of one piece: starting from single bytes, the adjacent pair whose joined bytes have the lowest
// rank is merged repeatedly, the leftmost of equal ranks first, until no joined pair is a token.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tokens/vocabulary.h"

namespace cascade::tokens {

// Returns the number of tokens of a piece; 1 if it is a token itself. O(n log n) for n bytes, O(n²) below 128 bytes,
// where that is faster; allocates only above. REQUIRES: piece.size() < 2^32.
std::uint32_t count_piece(const Vocabulary& vocabulary, std::string_view piece);

// The same for several pieces, which wait for memory together; writes their numbers. REQUIRES: at most most_together
// pieces of 1 to 128 bytes.
constexpr std::size_t most_together = 16;
void count_pieces(const Vocabulary& vocabulary, Span<const std::string_view> pieces, std::uint32_t* counts);

// As count_piece(), and appends the ranks of the tokens.
void encode_piece(const Vocabulary& vocabulary, std::string_view piece, std::vector<Rank>& out);

}  // namespace cascade::tokens
