// Whether a sentence rules a name out.
#pragma once

#include <cstddef>

#include "manifest/body_text.h"
#include "manifest/sentence.h"

namespace cascade::manifest {

// "do not call X", "rather than X", "instead of X", "not for this, use X", "use X instead", or a line below a heading
// such as "When not to use". `before`: the words of the sentence up to the name, which is [begin, end).
bool is_excluded(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
                 std::size_t end);

}  // namespace cascade::manifest
