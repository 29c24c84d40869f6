// Finds the known word that somebody may have meant.
#pragma once

#include <cascade/result.h>

#include <array>
#include <vector>

#include "text/ascii.h"

namespace cascade::letters {

// For names in a file: the first at 2 edits (1 below five letters) at most, or equal but for case, `-`, `_`; or empty.
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known);

// For words typed by hand: the first of the nearest by edit distance; a word that begins with what was typed is one
// edit away. Empty: more than a third of the letters, at least one, would have to change.
std::string_view nearest_word(std::string_view typed, const std::vector<std::string_view>& words);

// "did you mean Read?"; empty for an empty text. With `known`: the nearest name, or empty.
std::string did_you_mean(std::string_view what);
std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known);

bool is_suggestion(std::string_view text) noexcept;

template <typename Entry>
std::vector<std::string_view> names_of(Span<Entry> entries) {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries) names.push_back(entry.name);
  return names;
}
inline std::vector<std::string_view> names_of(Span<std::string_view> entries) {
  return {entries.begin(), entries.end()};
}

inline std::string listed(Span<std::string_view> words) { return joined(words, ", "); }  // "a, b, c"
inline std::string listed(const std::vector<std::string>& words) { return joined(words, ", "); }

// The insertions, deletions, changes and swaps of neighbouring bytes that turn one word into the other, at most limit +
// 1 (optimal string alignment). O(limit * length); allocates nothing for words up to 62 bytes.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The same for names: case does not count, and `-`, `_` and a blank are equal.
std::size_t edit_distance_of_names(std::string_view a, std::string_view b, std::size_t limit);

// From one name to many: most are rejected by counting the letters, of which an edit changes at most two counts.
class NameDistance {
 public:
  explicit NameDistance(std::string_view name);
  std::size_t to(std::string_view other, std::size_t limit) const;

 private:
  std::string name_;
  std::array<std::int8_t, 32> counts_{};
};

}  // namespace cascade::letters
