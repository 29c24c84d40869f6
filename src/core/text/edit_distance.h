// The distance between two words: the number of insertions, deletions, changes and swaps of neighbours that turn one
// into the other, in bytes (optimal string alignment).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::letters {

// At most limit + 1, which means "more than `limit`". O(limit * length); allocates nothing for words up to 62 bytes.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The same for names: case does not count, and `-`, `_` and a blank are equal.
std::size_t edit_distance_of_names(std::string_view a, std::string_view b, std::size_t limit);

// The same from one name to many. Most are rejected by counting the letters in which the two differ: an edit changes
// at most two of these counts.
class NameDistance {
 public:
  explicit NameDistance(std::string_view name);
  std::size_t to(std::string_view other, std::size_t limit) const;

 private:
  std::string name_;
  std::array<std::int8_t, 32> counts_{};
};

}  // namespace cascade::letters
