// Misspelt words.
#pragma once

#include <cstdint>
#include <string_view>

#include "route/tables.h"

namespace cascade::route {

// The known term that `word` probably was meant to be: same first letter, one edit (two from seven letters on); words
// that say what a manifest is for come first, then fewer edits, then more frequent ones, then by text. none.
std::uint32_t repair(const Tables& tables, std::string_view word);

// A bit for each letter and digit that occurs.
std::uint64_t letters_of(std::string_view text) noexcept;

// Buckets of RepairRecord: by first letter and length.
constexpr std::uint32_t repair_lengths = 24, repair_firsts = 26;
std::uint32_t repair_bucket(std::string_view text) noexcept;  // none: never a repair

}  // namespace cascade::route
