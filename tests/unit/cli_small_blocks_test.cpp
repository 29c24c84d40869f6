// The program's own operator new and delete (src/cli/small_blocks.cpp); a sanitized build has the sanitizer's.
#include <catch2/catch.hpp>

#include <cstdint>
#include <cstring>
#include <new>
#include <thread>
#include <vector>

#include "unit/seeded_random.h"

namespace {

struct Block {
  unsigned char* bytes = nullptr;
  std::size_t size = 0;
  unsigned char fill = 0;
};

Block take(std::size_t size, unsigned char fill) {
  Block block{static_cast<unsigned char*>(operator new(size)), size, fill};
  std::memset(block.bytes, fill, size);
  return block;
}

bool is_whole(const Block& block) {
  if (reinterpret_cast<std::uintptr_t>(block.bytes) % alignof(std::max_align_t) != 0) return false;
  for (std::size_t i = 0; i < block.size; ++i)
    if (block.bytes[i] != block.fill) return false;
  return true;
}

void give_back(const Block& block, bool tell_size) {
#ifdef __cpp_sized_deallocation
  if (tell_size) return operator delete(block.bytes, block.size);
#endif
  static_cast<void>(tell_size);  // clang does not declare that function unless it is asked to
  operator delete(block.bytes);
}

// Takes and gives back by turns; false when a block lost its bytes. What is left at the end is given to `rest`.
bool churn(std::uint64_t seed, std::size_t turns, std::vector<Block>& rest) {
  cascade::test::SeededRandom random{seed};
  for (std::size_t turn = 0; turn < turns; ++turn) {
    if (rest.size() < 400 || random.one_in(2)) {
      const std::uint32_t size = random.one_in(20) ? random.below(5000) : random.below(200);
      rest.push_back(take(size, static_cast<unsigned char>(random.below(256))));
      continue;
    }
    std::swap(rest[random.below(static_cast<std::uint32_t>(rest.size()))], rest.back());
    if (!is_whole(rest.back())) return false;
    give_back(rest.back(), random.one_in(2));
    rest.pop_back();
  }
  return true;
}

bool give_back_all(std::vector<Block>& blocks) {
  bool whole = true;
  for (const Block& block : blocks) {
    whole = whole && is_whole(block);
    give_back(block, block.fill % 2 == 0);
  }
  blocks.clear();
  return whole;
}

}  // namespace

TEST_CASE("blocks of all sizes keep their bytes, whether their size is told when they are given back or not") {
  std::vector<Block> blocks;
  CHECK(churn(1, 200'000, blocks));
  CHECK(give_back_all(blocks));
  for (std::size_t size = 0; size <= 1100; ++size) blocks.push_back(take(size, static_cast<unsigned char>(size)));
  CHECK(give_back_all(blocks));
  operator delete(static_cast<void*>(nullptr));
  give_back({nullptr, 16, 0}, true);
}

TEST_CASE("blocks may be given back on another thread than they were taken on") {
  std::vector<Block> first, second;
  bool whole = true;
  for (int round = 0; round < 20; ++round) {
    bool there = false;
    std::thread other(
        [&] { there = give_back_all(first) && churn(100U + static_cast<unsigned>(round), 2'000, first); });
    const bool here = churn(200U + static_cast<unsigned>(round), 2'000, second);
    other.join();
    whole = whole && here && there;
    first.swap(second);
  }
  CHECK(whole);
  CHECK(give_back_all(first));
  CHECK(give_back_all(second));
}

#ifndef CASCADE_SANITIZED
TEST_CASE("what was given back is the next block of its size, and neighbours share no bytes") {
  for (const std::size_t size : {std::size_t{1}, std::size_t{40}, std::size_t{1000}})
    for (const bool tell_size : {false, true}) {
      const Block first = take(size, 1), second = take(size, 2);
      const bool apart = is_whole(first) && is_whole(second);
      give_back(first, tell_size);
      const Block again = take(size, 3);
      const bool same = again.bytes == first.bytes;
      give_back(again, true);
      give_back(second, true);
      CHECK(apart);
      CHECK(same);
    }
}
#endif
