// Lists of words as one text with blanks between them. For data of a few words that are asked for rarely; a scan costs
// less there than to build a table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cascade::letters {

// Calls `see` for each word of a list.
template <typename See>
constexpr void each_word(std::string_view list, const See& see) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) see(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// Whether such a list has this word.
constexpr bool lists(std::string_view list, std::string_view word) noexcept {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0 && list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

}  // namespace cascade::letters
