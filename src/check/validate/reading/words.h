// Phrases and words of English text, as rules look for them.
#pragma once

#include "text/phrases.h"
#include "text/words.h"

namespace cascade::validation {

using letters::begins_with_one_of;
using letters::begins_with_phrase;
using letters::find_phrase;
using letters::has_phrase;
using letters::WordCursor;

}  // namespace cascade::validation
