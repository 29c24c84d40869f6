// A hash for tables in memory; it is never stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cascade::registry {

// Takes eight bytes at a time, the last ones once more where fewer are left; multiplying spreads them upwards, so the
// upper half is the better one.
inline std::uint32_t hash_of(std::string_view text) noexcept {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::uint64_t hash = text.size() * factor;
  const auto add = [&](const char* from, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32;
  };
  if (text.size() < step) {
    if (!text.empty()) add(text.data(), text.size());
    return static_cast<std::uint32_t>(hash >> 32);
  }
  for (std::size_t at = 0; at + step < text.size(); at += step) add(text.data() + at, step);
  add(text.data() + text.size() - step, step);
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace cascade::registry
