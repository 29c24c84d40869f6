// What a gap's kind means, in words that follow its number.
#pragma once

#include <string>
#include <string_view>

namespace cascade::usage {

// A row of gaps.tsv.
struct GapRow {
  std::string_view kind, words;
};

// Of an unknown kind, the kind itself.
std::string gap_words(std::string_view kind);

}  // namespace cascade::usage
