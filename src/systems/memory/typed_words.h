// The words by which people ask to have something remembered: the rows of typed_words.tsv, compiled in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::memory {

using Roles = std::uint32_t;
namespace roles {
inline constexpr Roles order = 1U << 0, behind = 1U << 1, polite = 1U << 2, that = 1U << 3, not_said = 1U << 4,
                       subject = 1U << 5, verb = 1U << 6, scope = 1U << 7, opens = 1U << 8, back = 1U << 9,
                       person = 1U << 10, thing = 1U << 11;
}  // namespace roles

struct WordRow {
  std::string_view word;  // small letters without accents
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

}  // namespace cascade::memory
