// Finds the lines of ascending offsets in one walk, without a search for each.
#pragma once

#include "manifest/body_text.h"

#include <cstddef>
#include <vector>

namespace cascade::manifest {

// The body must outlive the walk.
class LineWalk {
 public:
  explicit LineWalk(const BodyText& body) noexcept : lines_(body.lines()) {}

  // REQUIRES: the offset is of a byte of the text, and not below the one before it.
  std::size_t index_of(std::size_t offset) noexcept {
    while (lines_[line_].end < offset) ++line_;
    return line_;
  }
  const TextLine& line_of(std::size_t offset) noexcept { return lines_[index_of(offset)]; }

 private:
  const std::vector<TextLine>& lines_;
  std::size_t line_ = 0;
};

}  // namespace cascade::manifest
