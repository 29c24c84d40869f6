// The ranking of all manifests for a prompt with several needs.
#pragma once

#include <vector>

#include "route/answer/ranked.h"
#include "route/needs/asked.h"

namespace cascade::route {

// The text is cut bluntly, at sentence ends and joints of order, and each piece is answered. Their orders are taken in
// turn, the pieces that say more first, and that order is fused with one by all words of the text over whole files, by
// reciprocal ranks. Empty: the text is one piece.
std::vector<Ranked> search_order(const Tables& tables, const Query& query);

}  // namespace cascade::route
