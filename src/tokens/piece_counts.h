// The pieces of a text and their cost.
#pragma once

#include <cascade/tokens.h>

#include <cstddef>
#include <string_view>

#include "tokens/memo_pool.h"

namespace cascade::tokens {

// Writes the pieces of the text in order, plus one for its end; returns their number. `memo`: null for none. REQUIRES:
// space for text.size() + 1 places; text.size() is at most most_countable.
std::size_t place_pieces(const TokenCounter::State& state, Memo* memo, std::string_view text, PiecePlace* places);

}  // namespace cascade::tokens
