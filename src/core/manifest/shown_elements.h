// Elements that hold what is to be said or shown: <example_response>, <output>.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

// Walks down the lines of a text.
class ShownElements {
 public:
  explicit ShownElements(std::string_view text) : text_(text) {}

  // Whether the line is in such an element or opens one. `line` begins at `begin`, without blanks before it. An element
  // that is never closed, or only after 20,000 bytes, holds nothing. Linear in all lines together.
  bool holds(std::string_view line, std::size_t begin) {
    return begin < end_ || (!line.empty() && line.front() == '<' && opens(line, begin));
  }
  // Whether an element was opened and its end not found.
  bool failed() const noexcept { return failures_ != 0; }

 private:
  bool opens(std::string_view line, std::size_t begin);

  std::string_view text_;
  std::size_t end_ = 0;
  int failures_ = 0;
};

}  // namespace cascade::manifest
