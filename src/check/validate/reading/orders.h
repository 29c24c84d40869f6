// Orders of running text: which verb is one.
#pragma once

#include "prose/sentence.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {

// What the sentence says of a place in it: a code span, a name.
prose::Reading reading_at(const TextModel& text, Range place);

// Whether the word is the verb of an order to the reader: "Then write", "when all is done, write"; not "never write",
// "suggest to write", "how to write". O(sentence).
bool is_ordered(const TextModel& text, Range verb);

// Whether the text means what it says there, for its reader and in any case: not in an example, a template, a
// quotation, below what forbids it, in what somebody else will do, or where only some readers have the means ("if you
// can").
bool is_meant_for_reader(const TextModel& text, Range place);

}  // namespace cascade::validation
