// Repairs misspelt words.
#pragma once

#include <cstdint>
#include <string_view>

#include "route/tables.h"

namespace cascade::route {

// The known term that `word` is probably a misspelling of: same first letter and at most one edit (two from seven
// letters on). Fewer edits win, then words that say what a manifest is for, then more frequent ones, then the first
// found. none: no such term.
std::uint32_t repair(const Tables& tables, std::string_view word);

// A set of the letters and digits that occur, a bit for each.
std::uint64_t letters_of(std::string_view text) noexcept;

// RepairRecords are kept in buckets by first letter and length.
constexpr std::uint32_t repair_lengths = 24, repair_firsts = 26;
std::uint32_t repair_bucket(std::string_view text) noexcept;  // none: no repair is tried

}  // namespace cascade::route
