// Whether a word is one of a few: for lists that are searched rarely, or known only at run time. Lists that are
// searched for every word of a prompt or manifest use a WordSet (text/word_set.h).
#pragma once

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "text/ascii.h"

namespace cascade::letters {

template <typename Words>
constexpr bool is_one_of(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

constexpr bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The same in any case of ASCII letters; `words` are in lower case.
template <typename Words>
constexpr bool is_one_of_lower(std::string_view word, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view known) { return equals_lower(word, known); });
}

constexpr bool is_one_of_lower(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view known) { return equals_lower(word, known); });
}

}  // namespace cascade::letters
