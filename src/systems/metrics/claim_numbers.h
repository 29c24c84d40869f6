// Numbers of claims: how they are written, compared and rounded.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "metrics/claim_words.h"

namespace cascade::metrics {

using Millionths = std::uint64_t;
constexpr Millionths one = 1'000'000;
constexpr std::uint64_t largest_number = 1'000'000'000'000;  // a claim above it is not read

enum class Comparison : std::uint8_t { exactly, about, nearly, just_over, up_to, at_least, above, at_most, below };
std::string_view to_string(Comparison comparison) noexcept;  // "at least"

struct ClaimNumber {
  std::string written;  // "1.2k", "a third"
  Millionths value = 0;
  std::optional<Millionths> to;  // the end of a range
  Millionths step = one;         // of the last digit that is written and is not 0: what it may be rounded to
  Comparison comparison = Comparison::exactly;
  bool is_share = false;      // per cent
  bool is_fraction = false;   // "a third": a rough share
  bool is_zero_word = false;  // "no", "never"
  bool is_plain = false;      // one or four digits and nothing else: it may be a year
  bool is_too_large = false;
};

// The number with what compares it, "at least 1.2 million", "between 100 and 200", "one in five", at `at`. Length 0:
// there is none.
struct FoundNumber {
  ClaimNumber number;
  std::size_t length = 0;
};
FoundNumber number_at(std::span<const Token> tokens, std::size_t at);

// Whether `actual` is what the number says. A number without a comparison may be rounded as it is written, at most by a
// twentieth; "about" is within 12 of 100, "nearly" and "up to" begin at 85 of 100, a fraction is within 8 of 100.
bool fits(const ClaimNumber& number, Millionths actual);
// Whether it still may be so if the true value is up to a quarter away from `actual`.
bool may_fit(const ClaimNumber& number, Millionths actual);

}  // namespace cascade::metrics
