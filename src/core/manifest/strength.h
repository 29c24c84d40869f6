// How a sentence uses a name: calls it, names it, or warns it off.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>

#include "manifest/body_text.h"
#include "prose/sentence.h"

namespace cascade::manifest {

// excluded: "do not call X", "rather than X", "instead of X", "not for this, use X instead", or a use under a heading
// such as "When not to use". invoked: "use X", "run the X command", "delegate to X". mentioned: all else, "collaborate
// with X". `begin` and `end` are of the name (with its marks) in BodyText::text(). Looks at most 160 bytes around it.
Strength strength_of(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// The same for a form that is itself a call ("Skill(x)"): invoked, required in a prerequisite, excluded when warned
// off, mentioned in printed output or in a list of related manifests.
Strength call_strength(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// The words of a sentence up to a name, for those who judge how strongly it refers.
using prose::sentence_window;
using prose::SentenceWords;

// The words before a name, back to the beginning of its sentence.
SentenceWords words_before(const BodyText& body, const TextLine& line, std::size_t begin);

}  // namespace cascade::manifest
