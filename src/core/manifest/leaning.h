// The words by which a paragraph depends on its neighbours: "Otherwise, ..." depends on the text before it, "as in the
// table below" and an unfinished line on the text after it.
#pragma once

#include <string_view>

namespace cascade::manifest {

// Begins with a word that continues the text before it ("Otherwise", "But", "If not", ": a definition"), or answers
// it ("A: ...", "Output: ...").
bool goes_on(std::string_view paragraph);

// Its first sentence speaks of something above it.
bool points_back(std::string_view paragraph);

// Its last sentence speaks of something below it: points_below by such a word, points_on also by naming an example.
bool points_below(std::string_view paragraph);
bool points_on(std::string_view paragraph);

// Does not end with a sentence's final mark, in any of the usual scripts: "Use this format", "For example,".
bool is_unfinished(std::string_view paragraph);

}  // namespace cascade::manifest
