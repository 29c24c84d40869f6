// How likely a prompt and a fact mean the same, learned from pairs of both in other words.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "facts/terms.h"

namespace cascade::recall {

std::string_view rows_of_prompts() noexcept;
std::string_view rows_of_facts() noexcept;
std::span<const std::uint32_t> meaning_versions() noexcept;  // one

constexpr std::size_t meaning_size = 64;
// A place in a space where prompts lie near the facts that they want.
using PromptMeaning = std::array<std::int16_t, meaning_size>;
using FactMeaning = std::array<std::int8_t, meaning_size>;

// The directions of words, as rows of `meaning_row` bytes, sorted by key: the key in 8 digits, then a character for
// each two numbers from -4 to 4.
struct MeaningRows {
  std::string_view prompts, facts;
};
constexpr std::size_t meaning_row = key_digits + meaning_size / 2;
constexpr int meaning_most = 4, meaning_levels = 2 * meaning_most + 1;
constexpr char meaning_first = '!';

MeaningRows meaning_rows() noexcept;  // what is built: bench_recall writes it
// A hash of what is built: what one set of directions placed means nothing to another.
inline std::uint32_t meaning_version() noexcept { return meaning_versions().front(); }
std::uint32_t version_of(const MeaningRows& rows);

// The prompt's words, sorted, and those that say what kind of answer it wants: "who", "how", "after".
std::vector<std::uint32_t> meaning_keys(const Reading& reading, std::string_view prompt);
PromptMeaning meaning_of_prompt(const MeaningRows& rows, const std::vector<std::uint32_t>& keys);

// What each term of a fact counts, per mille: those of the subject in full.
std::uint32_t meaning_weight(std::uint32_t subject, std::uint32_t text) noexcept;
FactMeaning meaning_of_fact(const MeaningRows& rows, const std::map<std::uint32_t, std::uint32_t>& weights);

// The product of both, in the units of their numbers. In the header because a hook takes thousands.
inline std::int32_t nearness(const PromptMeaning& prompt, const FactMeaning& fact) noexcept {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < meaning_size; ++i) sum += prompt[i] * fact[i];
  return sum;
}
// 64: the pairs that taught this make the fact twice as likely the right one. Grows with nearness.
std::int32_t likeness(std::int32_t nearness) noexcept;

// Logarithms for measures of information, in 64ths of a bit. Integer arithmetic only, for the same result everywhere.

// 64 * log2(value), rounded down, good to 1/64. REQUIRES: 1 <= value < 2^32.
std::uint32_t log2_64(std::uint64_t value) noexcept;

}  // namespace cascade::recall
