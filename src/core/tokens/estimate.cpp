// Without a vocabulary only the kind and the length of a piece are known. A piece counts as one token, and as one more
// for every few units beyond its first: how many depends on whether it is a word, capitals, signs or not ASCII, because
// the vocabulary knows longer pieces of common words than of anything else (docs/tokens.md has the error).
#include "tokens/estimate.h"

#include <cascade/tokens.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "text/ascii.h"
#include "tokens/piece_scanner.h"
#include "unicode/utf8.h"

namespace cascade::tokens {
namespace {

// The features that decide the cost of a piece; lengths in UTF-16 units, each ill-formed subpart as one U+FFFD.
struct Shape {
  ClassSet classes = 0;
  std::uint32_t units = 0, units_beyond_ascii = 0;
};

constexpr std::array<std::uint8_t, 128> ascii_sets = [] {
  std::array<std::uint8_t, 128> sets{};
  for (std::size_t c = 0; c < sets.size(); ++c) sets[c] = static_cast<std::uint8_t>(set_of(ascii_classes[c]));
  return sets;
}();

Shape shape_of(std::string_view piece) noexcept {
  Shape shape;
  std::size_t at = 0;
  for (; at < piece.size() && static_cast<signed char>(piece[at]) >= 0; ++at)
    shape.classes |= ascii_sets[static_cast<unsigned char>(piece[at])];
  shape.units = static_cast<std::uint32_t>(at);
  while (at < piece.size()) {
    const unicode::Decoded decoded = unicode::decode(piece, at);
    const std::uint32_t units = decoded.code_point > 0xFFFF ? 2 : 1;
    shape.classes |= set_of(class_of(decoded.code_point));
    shape.units += units;
    if (decoded.code_point >= 0x80) shape.units_beyond_ascii += units;
    at += decoded.length;
  }
  return shape;
}

constexpr ClassSet small_letters = set_of(CodePointClass::lower, CodePointClass::letter);
constexpr ClassSet letters = small_letters | set_of(CodePointClass::upper);
constexpr ClassSet signs = set_of(CodePointClass::other, CodePointClass::mark);

}  // namespace

std::uint32_t estimate_piece(std::string_view piece) noexcept {
  if (piece.empty()) return 0;
  const Shape shape = shape_of(piece);
  const std::uint32_t more = shape.units - 1;
  if ((shape.classes & letters) != 0) {
    if (shape.units_beyond_ascii != 0) return 1 + shape.units_beyond_ascii / 2;
    if ((shape.classes & small_letters) == 0) return 1 + more / 4;
    return 1 + more / (piece.front() == ' ' ? 12 : 7);
  }
  if ((shape.classes & signs) == 0) return 1;
  return shape.units_beyond_ascii != 0 ? 1 + std::min(more, 18U) / 2 : 1 + std::min(more, 28U) / 4;
}

}  // namespace cascade::tokens

// How the models' own tokenizers differ from o200k, as a factor on its counts. docs/tokens.md states the source of
// each figure.

namespace cascade {
namespace {

constexpr std::uint32_t large_window = 1'000'000;  // of a name with "[1m]"

constexpr bool begins_with(std::string_view name, std::string_view prefix) {
  return name.substr(0, prefix.size()) == prefix &&
         (name.size() == prefix.size() || !letters::is_letter_or_digit(name[prefix.size()]));
}

// "us.anthropic.claude-opus-4-8-v1:0" and "anthropic/claude-opus-4-8" become "claude-opus-4-8…", "openai/gpt-5"
// "gpt-5".
std::string_view without_vendor(std::string_view name) {
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (const std::size_t vendor = name.find("anthropic."); vendor != std::string_view::npos)
    name.remove_prefix(vendor + std::string_view("anthropic.").size());
  return name;
}

// value * factor / divisor, rounded down or up, without overflow for factors below 2^32; saturates if the result does
// not fit.
std::uint64_t scaled(std::uint64_t value, std::uint64_t factor, std::uint64_t divisor, bool round_up) {
  const std::uint64_t whole = value / divisor, part = value % divisor * factor;
  const std::uint64_t rest = part / divisor + (round_up && part % divisor != 0 ? 1 : 0);
  if (factor != 0 && whole > (~std::uint64_t{0} - rest) / factor) return ~std::uint64_t{0};
  return whole * factor + rest;
}

}  // namespace

std::optional<TokenModel> token_model(std::string_view name) {
  const std::string lower = letters::to_lower(name);
  const std::string_view plain = without_vendor(lower);
  const KnownModel* best = nullptr;
  for (const KnownModel& model : known_models())
    if (begins_with(plain, model.prefix) && (best == nullptr || model.prefix.size() > best->prefix.size()))
      best = &model;
  if (best == nullptr) return std::nullopt;
  const bool with_large_window = lower.find("[1m]") != std::string::npos;
  return TokenModel{std::string(name), best->per_mille, with_large_window ? large_window : best->window};
}

std::vector<TokenModel> token_models() {
  std::vector<TokenModel> models;
  for (const KnownModel& model : known_models())
    models.push_back({std::string(model.prefix), model.per_mille, model.window});
  return models;
}

std::uint64_t to_o200k(const TokenModel& model, std::uint64_t model_tokens) noexcept {
  const std::uint64_t per_mille = std::max<std::uint64_t>(model.per_mille, 1);
  return scaled(model_tokens, 1000, per_mille, false);
}

std::uint64_t estimated_tokens(const TokenModel& model, std::uint64_t o200k_tokens) noexcept {
  return scaled(o200k_tokens, model.per_mille, 1000, true);
}

// Parses limits as people write them.
namespace {

constexpr std::uint32_t million = 1'000'000;

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Parses "2" or "0.5" per cent into millionths; at most four decimal places.
std::optional<std::uint32_t> share(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto whole = whole_number(text.substr(0, point));
  if (!whole || *whole > 100) return std::nullopt;
  std::uint32_t ppm = *whole * 10'000;
  if (point != std::string_view::npos) {
    std::string digits(text.substr(point + 1));
    if (digits.empty() || digits.size() > 4) return std::nullopt;
    digits.append(4 - digits.size(), '0');
    const auto part = whole_number(digits);
    if (!part) return std::nullopt;
    ppm += *part;
  }
  return ppm == 0 || ppm > million ? std::nullopt : std::optional<std::uint32_t>(ppm);
}

}  // namespace

std::optional<TokenLimit> parse_token_limit(std::string_view text) {
  if (!text.empty() && text.back() == '%') {
    text.remove_suffix(1);
    if (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    const auto ppm = share(text);
    return ppm ? std::optional<TokenLimit>(TokenLimit{0, *ppm}) : std::nullopt;
  }
  const auto tokens = whole_number(text);
  return tokens ? std::optional<TokenLimit>(TokenLimit{*tokens, 0}) : std::nullopt;
}

std::uint64_t tokens_of(const TokenLimit& limit, std::uint32_t window) noexcept {
  return limit.share_ppm == 0 ? limit.tokens : std::uint64_t{window} * limit.share_ppm / million;
}

}  // namespace cascade
