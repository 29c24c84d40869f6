// Byte-pair encoding of one piece: from single bytes, the adjacent pair whose joined bytes have the lowest rank is
// merged again and again, the leftmost of equals first, until no joined pair is a token.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tokens/rank_memo.h"
#include "tokens/vocabulary.h"

namespace cascade::tokens {

// The number of tokens of a piece: 1 when it is a token itself. O(n log n) for n bytes, O(n²) below 128 bytes, where
// that is faster; allocates only above. REQUIRES: piece.size() < 2^32.
// `ranks`, of the same vocabulary, makes many pieces faster; null: none.
std::uint32_t count_piece(const Vocabulary& vocabulary, std::string_view piece, RankMemo* ranks = nullptr);

// The same, and appends the tokens' ranks.
void encode_piece(const Vocabulary& vocabulary, std::string_view piece, std::vector<Rank>& out);

}  // namespace cascade::tokens
