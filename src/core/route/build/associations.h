// Words that suggest a concept without being one of its phrases, learned from the lexicon's own phrases.
#pragma once

#include <vector>

#include "route/build/lexicon.h"
#include "route/tables.h"

namespace cascade::route {

// By term: at most ten concepts whose phrases use the word, with their shares of its uses per mille, the largest first.
// Shares below 40 per mille are left out, so a word that very many concepts use is bound to none of them.
std::vector<std::vector<Association>> associate(const Lexicon& lexicon, std::size_t terms);

}  // namespace cascade::route
