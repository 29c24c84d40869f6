// The pool behind the program's new and delete.
#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <deque>
#include <thread>
#include <vector>

#include "cli/small_blocks.h"
#include "unit/seeded_random.h"

namespace cascade::cli {
namespace {

// What is in a block, so that one that is given out twice shows.
struct Filled {
  unsigned char* memory;
  std::size_t size;
  unsigned char byte;

  bool is_intact() const {
    for (std::size_t i = 0; i < size; ++i)
      if (memory[i] != byte) return false;
    return true;
  }
};

template <typename Crime>
int signal_of(const Crime& crime) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    crime();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace

TEST_CASE("blocks of all sizes are aligned, hold what is written and come back when they are given") {
  SmallBlocks pool;
  test::SeededRandom random{7};
  std::deque<Filled> taken;
  for (int round = 0; round < 200'000; ++round) {
    if (taken.size() < 2'000 && random.chance(60)) {
      const std::size_t size = random.below(SmallBlocks::longest + 1);
      auto* const memory = static_cast<unsigned char*>(pool.take(size));
      REQUIRE(memory != nullptr);
      REQUIRE(reinterpret_cast<std::uintptr_t>(memory) % 16 == 0);
      REQUIRE(pool.has(memory));
      const auto byte = static_cast<unsigned char>(round);
      std::memset(memory, byte, size);
      taken.push_back({memory, size, byte});
    } else if (!taken.empty()) {
      std::swap(taken.front(), taken[random.below(taken.size())]);
      REQUIRE(taken.front().is_intact());
      pool.give(taken.front().memory);
      taken.pop_front();
    }
  }
  for (const Filled& one : taken) CHECK(one.is_intact());
}

TEST_CASE("a freed block is the next one of its size") {
  SmallBlocks pool;
  void* const first = pool.take(40);
  void* const second = pool.take(40);
  pool.give(first);
  pool.give(second);
  CHECK(pool.take(39) == second);
  CHECK(pool.take(33) == first);
  CHECK(pool.take(40) != first);
}

TEST_CASE("what is too long, or not its own, is not the pool's") {
  SmallBlocks pool;
  CHECK_FALSE(pool.has(&pool));
  CHECK_FALSE(pool.has(nullptr));
  CHECK(pool.take(SmallBlocks::longest + 1) == nullptr);
  CHECK(pool.take(~std::size_t{0}) == nullptr);
  void* const memory = pool.take(0);
  CHECK(memory != nullptr);
  CHECK(pool.has(memory));
  CHECK_FALSE(pool.has(&pool));
}

TEST_CASE("what another thread frees comes back once nothing of its size is left") {
  SmallBlocks pool;
  std::vector<void*> blocks;
  for (int i = 0; i < 1'000; ++i) blocks.push_back(pool.take(100));
  std::thread first([&] {
    for (std::size_t i = 0; i < 500; ++i) pool.give_from_elsewhere(blocks[i]);
  });
  std::thread second([&] {
    for (std::size_t i = 500; i < 1'000; ++i) pool.give_from_elsewhere(blocks[i]);
  });
  first.join();
  second.join();
  std::vector<void*> again;
  for (int i = 0; i < 1'000; ++i) again.push_back(pool.take(100));
  std::sort(blocks.begin(), blocks.end());
  std::sort(again.begin(), again.end());
  CHECK(again == blocks);
}

TEST_CASE("a block that is freed twice or whose head was overwritten ends the process") {
  CHECK(signal_of([] {
          SmallBlocks pool;
          void* const memory = pool.take(24);
          pool.give(memory);
          pool.give(memory);
        }) == SIGABRT);
  CHECK(signal_of([] {
          SmallBlocks pool;
          auto* const memory = static_cast<unsigned char*>(pool.take(24));
          void* const next = pool.take(24);
          std::memset(memory, 'x', 32);
          pool.give(next);
        }) == SIGABRT);
  CHECK(signal_of([] {
          SmallBlocks pool;
          auto* const memory = static_cast<unsigned char*>(pool.take(24));
          void* const next = pool.take(24);
          pool.give(next);
          std::memset(memory, 0, 32);
          pool.take(24);
        }) == SIGABRT);
  CHECK(signal_of([] {
          SmallBlocks pool;
          pool.give(pool.take(24));
        }) == 0);
}

}  // namespace cascade::cli
