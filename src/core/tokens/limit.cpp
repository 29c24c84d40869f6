// Parses limits as people write them.
#include <cascade/tokens.h>

#include <charconv>

namespace cascade {
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
