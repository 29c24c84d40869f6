// The words by which a paragraph depends on its neighbours: "Otherwise, ..." on what stands before it, "as in the table
// below" and a line without an end on what follows.
#pragma once

#include <string_view>

namespace cascade::manifest {

// Begins with a word that goes on from the text before it ("Otherwise", "But", "If not", ": a definition"), or answers
// it ("A: ...", "Output: ...").
bool goes_on(std::string_view paragraph);

// Its first sentence speaks of what stands above it.
bool points_back(std::string_view paragraph);

// Its last sentence speaks of what stands below it, by such a word; or by that or by naming an example.
bool points_below(std::string_view paragraph);
bool points_on(std::string_view paragraph);

// Ends without what ends a sentence, in any of the usual scripts: "Use this format", "For example,".
bool is_unfinished(std::string_view paragraph);

}  // namespace cascade::manifest
