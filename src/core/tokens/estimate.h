// Estimates token counts without a vocabulary table, from the lengths of pieces alone (docs/tokens.md states the
// error).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::tokens {

// Identifies the formula in caches; changes with any of its constants.
constexpr std::string_view estimate_id = "estimate/1";

// Estimates one piece of tokens/piece_scanner.h. At least 1.
std::uint32_t estimate_piece(std::string_view piece) noexcept;

}  // namespace cascade::tokens

// The rows of known_models.tsv.

namespace cascade {

struct KnownModel {
  std::string_view prefix;
  std::uint32_t per_mille, window;
};
std::span<const KnownModel> known_models() noexcept;

}  // namespace cascade
