// Names that only the words around them make references: a code span, bold type, a name in a sentence.
#pragma once

#include <cascade/manifest.h>

#include "manifest/body_text.h"
#include "manifest/candidates.h"

#include <cstddef>

namespace cascade::manifest {

// The kinds that the text around [begin, end) speaks of: the word beside it ("the X agent", "skill X"), else the words
// on its line, on the line that introduces it, in its heading; the first of these that has any.
Kinds cue_for(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether nothing but list, emphasis and quote marks is before it on its line. Goes back as far as the last letter.
bool leads_line(const BodyText& body, const TextLine& line, std::size_t begin);

// "delegate to `x`", "hand off to `x`", "invoke `x`": whether a verb that hands work on stands right before [begin, …)
// and its marks.
bool is_handed_work(const BodyText& body, const TextLine& line, std::size_t begin);

// Adds the name if it is distinctive or a cue tells its kind; a tool of the client and a word such as "agent" are none.
// An ordinary word with cues of several kinds is added once for each.
// `begin`, `end`: of the name in BodyText::text().
void add_soft(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Via via, Kinds cue,
              Candidates& out, Candidates::Certainty certainty = Candidates::Certainty::stated);

}  // namespace cascade::manifest
