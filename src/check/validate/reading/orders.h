// Orders of running text: which verb is one, and what stands behind it.
#pragma once

#include <string_view>
#include <vector>

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

// What hangs on a verb: its object, without a preposition, or "to the file" with one. Joined nouns are phrases of their
// own.
struct Phrase {
  std::string_view preposition;
  Range range;
};
// Of the verb's own clause.
std::vector<Phrase> phrases_behind(const TextModel& text, Range verb);

// "The source file" is a phrase of a file, "the file name" is of none: where in the phrase such a noun stands that no
// other noun follows; empty: nowhere. `nouns`: in small letters, with blanks between.
Range noun_in(const TextModel& text, Range phrase, std::string_view nouns);

}  // namespace cascade::validation
