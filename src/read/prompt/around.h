// What the words around a name say of it.
#pragma once

#include "prompt/said_words.h"

namespace cascade::prompt {

struct Around {
  bool called = false, wide = false;      // by a word that only calls; by one that also stands before ordinary words
  bool refused = false, stopped = false;  // "not"; "forget", "skip"
  bool asked_why = false;                 // "why not use X?"
  Roles kinds = 0;                        // words of kind beside the name
  bool kind_with_colon = false;           // "skill: X"
};

// Reads backwards from the name and forwards from its end, as long as the words are fillers and no clause ends.
Around look_around(const SaidWords& words, std::size_t begin, std::size_t end);

}  // namespace cascade::prompt
