// "did you mean ...?" for words typed wrong on the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

// The word nearest to `typed` by edit distance (a swap of neighbours counts one), ties by order in `words`. Empty when
// none is near: more than a third of the letters, at least one, would have to change.
std::string_view nearest_word(std::string_view typed, const std::vector<std::string_view>& words);

}  // namespace cascade::cli
