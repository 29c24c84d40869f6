// Numbers that look random and are the same on every machine; the measurements of bench/ draw from here, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cascade::test {

// splitmix64. Any seed is as good as any other.
struct SeededRandom {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  // REQUIRES: limit > 0.
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(next() % limit); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }
};

}  // namespace cascade::test
