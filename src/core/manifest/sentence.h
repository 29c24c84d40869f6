// The words of a sentence up to a name, for those who judge how strongly it refers.
#pragma once

#include "manifest/body_text.h"
#include "prose/sentence.h"

#include <cstddef>

namespace cascade::manifest {

using prose::sentence_window;
using prose::SentenceWords;

// The words before a name, back to the beginning of its sentence.
SentenceWords words_before(const BodyText& body, const TextLine& line, std::size_t begin);

}  // namespace cascade::manifest
