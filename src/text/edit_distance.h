// How far two words are apart: insertions, deletions, changes and swaps of neighbours that make one of the other, in
// bytes (optimal string alignment).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::letters {

// At most limit + 1, which means "more than `limit`". O(limit * length); no memory is allocated for words up to 62
// bytes.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The same between names: case does not count, `-`, `_` and a blank are one.
std::size_t edit_distance_of_names(std::string_view a, std::string_view b, std::size_t limit);

// The same from one name to many. Most are told apart by the letters that one has and the other has not, each as often
// as that is: an edit changes two of these counts at most.
class NameDistance {
 public:
  explicit NameDistance(std::string_view name);
  std::size_t to(std::string_view other, std::size_t limit) const;

 private:
  std::string name_;
  std::array<std::int8_t, 32> counts_{};
};

}  // namespace cascade::letters
