// Where the clauses of a sentence begin that open a need of their own.
#pragma once

#include <vector>

#include "needs/head.h"

namespace cascade::needs {

struct ClauseCut {
  Words words;                  // the clause, with the joints before it
  Head head = Head::statement;  // what opens it
};

// The clauses of a sentence in order; the first is its beginning. `after_need`: a need stands before the sentence.
std::vector<ClauseCut> clauses_of(const Message& message, Words sentence, bool asked, bool after_need);

}  // namespace cascade::needs
