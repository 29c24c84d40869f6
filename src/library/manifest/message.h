// Text that the reader is to say to somebody.
#pragma once

#include "manifest/body_text.h"

namespace cascade::manifest {

// A block quote that begins with a quotation mark, that speaks to "you" or that stands below "Ask:", and an item of a
// list below "Offer these choices:".
bool is_in_message(const BodyText& body, const TextLine& line);

}  // namespace cascade::manifest
