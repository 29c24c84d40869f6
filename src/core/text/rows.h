// Looks a row up in a compiled table that is sorted by one of its texts ("#= sorted" in the .tsv).
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace cascade::letters {

// The row whose text at `key` is `word`; null: there is none.
template <typename Row>
const Row* find_row(std::span<const Row> sorted, std::string_view Row::*key, std::string_view word) noexcept {
  const auto row = std::lower_bound(sorted.begin(), sorted.end(), word,
                                    [key](const Row& one, std::string_view wanted) { return one.*key < wanted; });
  return row == sorted.end() || (*row).*key != word ? nullptr : &*row;
}

}  // namespace cascade::letters
