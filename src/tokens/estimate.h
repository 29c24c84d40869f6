// Token counts without a vocabulary table, from the lengths of the pieces alone (docs/tokens.md has its error).
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::tokens {

// Names the formula in caches; changes whenever a figure of it changes.
constexpr std::string_view estimate_id = "estimate/1";

// For one piece of tokens/piece_scanner.h. At least 1.
std::uint32_t estimate_piece(std::string_view piece) noexcept;

}  // namespace cascade::tokens
