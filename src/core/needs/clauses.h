// Where the clauses of a sentence begin that open a need of their own.
#pragma once

#include <vector>

#include "needs/head.h"

namespace cascade::needs {

// Where a clause may be two, although the second does not ask.
struct Doubt {
  std::size_t at;  // the first word of the second, with its joints
  bool strong;     // the joint says that something new follows
};

struct ClauseCut {
  Words words;                  // the clause, with the joints before it
  Head head = Head::statement;  // what opens it
  std::vector<Doubt> doubts;
};

// The clauses of a sentence in order; the first is its beginning. `after_need`: a need stands before the sentence.
std::vector<ClauseCut> clauses_of(const Message& message, Words sentence, bool asked, bool after_need);

}  // namespace cascade::needs
