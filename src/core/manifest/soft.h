// Names that become references only through the words around them: a code span, bold type, a name in a sentence.
#pragma once

#include <cascade/manifest.h>

#include "manifest/body_text.h"
#include "manifest/candidates.h"

#include <cstddef>

namespace cascade::manifest {

// The kinds that the text around [begin, end) speaks of: the word next to it ("the X agent", "skill X"), else the words
// on its line, then on the line that introduces it, then in its heading. The first of these with any kind counts.
Kinds cue_for(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether no letter precedes it on its line, only marks of lists, emphasis and quotes. Reads back to the last letter.
bool leads_line(const BodyText& body, const TextLine& line, std::size_t begin);

// "delegate to `x`", "hand off to `x`", "invoke `x`": whether a verb that hands work on comes right before [begin, …)
// and its marks.
bool is_handed_work(const BodyText& body, const TextLine& line, std::size_t begin);

// Adds the name if it is distinctive or a cue gives its kind, unless it is a word such as "agent" or, without a hyphen
// or colon, one of the client's tools.
// An ordinary word with cues of several kinds is added once for each.
// `begin`, `end`: of the name in BodyText::text().
void add_soft(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Via via, Kinds cue,
              Candidates& out, Candidates::Certainty certainty = Candidates::Certainty::stated);

}  // namespace cascade::manifest
