// "Spawn `claim-checker` ... the checker reports": a word for somebody that is short for a longer name of the same
// text.
#pragma once

#include <cascade/manifest.h>

#include "manifest/section_memo.h"

#include <cstddef>
#include <vector>

namespace cascade::manifest {

// The indices of single words whose place alone makes names of them. Not of "the orchestrator", who is mostly whoever
// reads the text.
std::vector<std::size_t> words_by_place(const FoundReferences& found);

// Where the manifest names somebody whose name ends in such a word and nobody of that word itself, the word means the
// one with the longer name. What may mean several, or the manifest itself, is taken out of `found`. `words`: ascending.
void resolve_short_names(const std::vector<std::size_t>& words, const Manifest& manifest,
                         std::vector<Reference>& found);

}  // namespace cascade::manifest
