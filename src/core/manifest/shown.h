// Text that shows what may be typed or tells of what happens, where its words alone look like an order.
#pragma once

#include "manifest/body_text.h"
#include "manifest/sentence.h"

#include <cstddef>

namespace cascade::manifest {

// A use in an example or below "Next steps", one left to somebody ("use X when you want", "Need a list? Use X"), a
// request that somebody types ("> Use X to …"), an advice ("Next: run X") in code, a program's page of help ("run `x
// --help`"). `before`: the words before the name, which ends at `end`.
bool is_shown(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
              std::size_t end);

// Whether code that begins with a slash word shows how it is typed, because no text above it orders that.
bool is_shown_command(const BodyText& body, const TextLine& line);

}  // namespace cascade::manifest
