// Estimates token counts without a vocabulary table, from the lengths of pieces alone (docs/tokens.md states the
// error).
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::tokens {

// Identifies the formula in caches; changes with any of its constants.
constexpr std::string_view estimate_id = "estimate/1";

// Estimates one piece of tokens/piece_scanner.h. At least 1.
std::uint32_t estimate_piece(std::string_view piece) noexcept;

}  // namespace cascade::tokens
