#include "client/versions.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace cascade::client {
namespace {

constexpr int numbers = 3;

// Takes the next number and the sign after it off the front.
std::optional<std::uint64_t> take_number(std::string_view& version) noexcept {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
  if (error != std::errc()) return std::nullopt;
  version.remove_prefix(std::min(version.size(), static_cast<std::size_t>(end - version.data()) + 1));
  return number;
}

}  // namespace

bool is_before(std::string_view version, std::string_view other) noexcept {
  for (int i = 0; i < numbers; ++i) {
    const auto a = take_number(version), b = take_number(other);
    if (!a || !b) return false;
    if (*a != *b) return *a < *b;
  }
  return false;
}

}  // namespace cascade::client
