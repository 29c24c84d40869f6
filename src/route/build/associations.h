// Words that speak for a concept without being one of its phrases: learned from the lexicon's own phrases.
#pragma once

#include <vector>

#include "route/build/lexicon.h"
#include "route/tables.h"

namespace cascade::route {

// By term: the concepts whose phrases use the word, with the share of the word's uses that they have, per mille; the
// largest first, those below a tenth left out. A word that a score of concepts use is bound to none of them.
std::vector<std::vector<Association>> associate(const Lexicon& lexicon, std::size_t terms);

}  // namespace cascade::route
