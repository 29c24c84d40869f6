// The places in a text where a form of reference may begin, found in one pass for all finders.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// All but the last are a byte that may carry a name: an ASCII one above '-' follows, as all letters and digits
// are and the dot of "x-.5", or the '$' of `$x`.
enum class Mark : std::uint8_t { tick, star, at, slash, colon, dot, hyphen, parenthesis };  // the opening one
constexpr std::size_t mark_kinds = static_cast<std::size_t>(Mark::parenthesis) + 1;

class Marks {
 public:
  explicit Marks(std::string_view text);  // linear

  // Ascending offsets.
  Span<std::size_t> of(Mark mark) const noexcept {
    const std::size_t begin = begins_[static_cast<std::size_t>(mark)];
    return {places_.data() + begin, begins_[static_cast<std::size_t>(mark) + 1] - begin};
  }

 private:
  std::vector<std::size_t> places_;                   // by mark
  std::array<std::size_t, mark_kinds + 1> begins_{};  // in places_
};

}  // namespace cascade::manifest
