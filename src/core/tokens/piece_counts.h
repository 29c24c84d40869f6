// The pieces of a text and their cost.
#pragma once

#include <cascade/tokens.h>

#include <cstddef>
#include <string_view>

#include "tokens/memo_pool.h"

namespace cascade::tokens {

// Writes the pieces of the text in order, plus one for its end; returns their number. `before`: where the text begins
// in the text that it is a part of, and the tokens before it. `memo`: null for none. REQUIRES: space for text.size() +
// 1 places; text.size() is at most most_countable.
std::size_t place_pieces(const TokenCounter::State& state, Memo* memo, std::string_view text, PiecePlace* places,
                         PiecePlace before = {0, 0});

}  // namespace cascade::tokens
