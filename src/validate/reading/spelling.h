// Which of the known words somebody may have meant.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// The nearest word at an edit distance of at most 2 (1 below four letters), or with the same letters but for case, `-`
// and `_`; empty when there is none. Ties: the first.
std::string_view nearest_word(std::string_view word, const std::vector<std::string_view>& known);

// "did you mean Read?", or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known);

template <typename Entry>
std::vector<std::string_view> names_of(Span<Entry> entries) {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}
inline std::vector<std::string_view> names_of(Span<std::string_view> entries) {
  return {entries.begin(), entries.end()};
}

std::string listed(Span<std::string_view> words);  // "a, b, c"

}  // namespace cascade::validation
