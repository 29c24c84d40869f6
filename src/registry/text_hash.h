// A hash for tables in memory; it is never stored.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cascade::registry {

// Takes eight bytes at a time; multiplying spreads them upwards, so the upper half is the better one.
inline std::uint32_t hash_of(std::string_view text) noexcept {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  std::uint64_t hash = text.size() * factor;
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32;
    text.remove_prefix(8);
  }
  std::uint64_t word = 0;
  if (!text.empty()) std::memcpy(&word, text.data(), text.size());
  hash = (hash ^ word) * factor;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace cascade::registry
