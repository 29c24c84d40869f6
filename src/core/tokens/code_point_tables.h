// The tables of code_point_class.cpp: the rows of code_point_blocks.tsv, code_point_classes.tsv and
// code_point_ranges.tsv, compiled in.
#pragma once

#include <cstdint>
#include <span>

namespace cascade::tokens {

struct Range {
  char32_t first, last;
  std::uint8_t value;
};

extern const std::uint8_t block_of[1024];
extern const std::uint64_t blocks[1752];
std::span<const Range> ranges_behind() noexcept;

}  // namespace cascade::tokens
