// A pool of small blocks for one thread. Blocks are cut one after the other from a reserved stretch of addresses. A
// freed one goes to the list of its size, from which the next one of that size is taken. That is a fifth of the
// instructions of malloc and free: most of what an answer or an index allocates is a few dozen bytes and soon freed.
// Memory goes back when the process ends. The address says whether a block is the pool's.
//
// As in glibc's malloc, a block that is freed twice or whose head was overwritten ends the process, and the links of
// the lists are mixed with their addresses.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace cascade::cli {

class SmallBlocks {
 public:
  static constexpr std::size_t longest = 504;  // bytes

  // A block that is aligned to 16 bytes; nullptr: too long, or the stretch is used up or refused.
  void* take(std::size_t size) noexcept {
    if (size > longest) return nullptr;
    const std::size_t units = (size + head + unit - 1) / unit;
    Block* const block = freed_[units];
    if (block == nullptr) return cut(units);
    if (block->head() != ~units) std::abort();
    freed_[units] = block->next();
    block->head() = units;
    return block;
  }

  bool has(const void* memory) const noexcept { return reinterpret_cast<std::uintptr_t>(memory) - begin_ < reserved; }

  // REQUIRES: has(memory).
  void give(void* memory) noexcept {
    auto* const block = static_cast<Block*>(memory);
    const std::uint64_t units = block->head();
    if (units - 1 >= most_units) std::abort();
    block->head() = ~units;
    block->set_next(freed_[units]);
    freed_[units] = block;
  }

  // The same from another thread: left for the pool's own.
  void give_from_elsewhere(void* memory) noexcept;

 private:
  static constexpr std::size_t unit = 16, head = 8, most_units = (longest + head) / unit;
  static constexpr std::size_t reserved = std::size_t{256} << 20;
  static constexpr std::uintptr_t nowhere = ~std::uintptr_t{0} - reserved;  // no address is in the stretch

  // Its head, just before it, says of how many units it is; inverted while it is free.
  class Block {
   public:
    std::uint64_t& head() noexcept { return reinterpret_cast<std::uint64_t*>(this)[-1]; }
    Block* next() const noexcept { return reinterpret_cast<Block*>(mixed_ ^ own()); }
    void set_next(Block* next) noexcept { mixed_ = reinterpret_cast<std::uintptr_t>(next) ^ own(); }

   private:
    std::uintptr_t own() const noexcept { return reinterpret_cast<std::uintptr_t>(this) >> 12; }

    std::uintptr_t mixed_;
  };

  void* cut(std::size_t units) noexcept;
  bool reserve() noexcept;

  std::uintptr_t begin_ = nowhere, next_ = 0, end_ = 0;
  bool is_refused_ = false;
  Block* freed_[most_units + 1] = {};  // by units
  std::atomic<Block*> elsewhere_ = nullptr;
};

}  // namespace cascade::cli
