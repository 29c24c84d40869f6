// Where a name is: the words of its sentence on both sides.
#pragma once

#include "prose/sentence.h"

namespace cascade::prose {

struct Place {
  const SentenceWords& before;  // of the same sentence
  const SentenceWords& behind;
  bool whole = true;  // `before` begins where the sentence does
  bool open = true;   // running text: a clause may have any verb, not only those of the rows
};

}  // namespace cascade::prose
