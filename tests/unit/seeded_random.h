// Numbers that look random and are the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cascade::test {

struct SeededRandom {
  std::uint64_t state;
  std::uint32_t next() {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state >> 33);
  }
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(next() % limit); }
};

}  // namespace cascade::test
