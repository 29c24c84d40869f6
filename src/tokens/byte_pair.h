// Byte-pair encoding of one piece: starting from single bytes, the adjacent pair whose joined bytes have the lowest
// rank is merged repeatedly, the leftmost of equal ranks first, until no joined pair is a token.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tokens/rank_memo.h"
#include "tokens/vocabulary.h"

namespace cascade::tokens {

// Returns the number of tokens of a piece; 1 if it is a token itself. O(n log n) for n bytes, O(n²) below 128 bytes,
// where that is faster; allocates only above. REQUIRES: piece.size() < 2^32. `ranks`, for the same vocabulary, speeds
// up many pieces; null: none.
std::uint32_t count_piece(const Vocabulary& vocabulary, std::string_view piece, RankMemo* ranks = nullptr);

// As count_piece(), and appends the ranks of the tokens.
void encode_piece(const Vocabulary& vocabulary, std::string_view piece, std::vector<Rank>& out);

}  // namespace cascade::tokens
