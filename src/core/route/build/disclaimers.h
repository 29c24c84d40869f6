// What a description says that its manifest is not for: "Not for slides (use decks)".
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

// The description without these sentences: their words are about other manifests' work, and would win its prompts.
std::string without_disclaimers(std::string_view description);

// Lines of bodies, and those that many sources share: text repeated in many files says nothing about one of them.

// By the letters and digits alone, whatever their case and order; 0 for a line that has none.
std::uint32_t fold_line(std::string_view line) noexcept;
std::uint64_t fold_text(std::string_view text) noexcept;

// A line of a text, without its end.
struct Line {
  std::uint32_t begin = 0, length = 0;
  std::uint32_t hash = 0;  // folded
};
void append_lines(std::string_view text, std::uint32_t begin, std::vector<Line>& lines);

// The number of sources that makes a line or description common: at least 4, and 4 % of all.
std::size_t least_common(std::size_t sources) noexcept;

// The hashes that are in at least `least` of the lists, each of which holds a hash once; sorted. Linear.
std::vector<std::uint32_t> common_hashes(const std::vector<Span<std::uint32_t>>& lists, std::size_t least);

}  // namespace cascade::route
