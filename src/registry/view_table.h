// A flat map from views of text to small values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/text_hash.h"

namespace cascade::registry {

// The texts must outlive it. O(1) on average; it has no order that anybody could see.
template <typename Value>
class ViewTable {
 public:
  // Room for so many texts. REQUIRES: it holds none.
  void reserve(std::size_t count) {
    std::size_t size = 64;
    while (size < 2 * count) size *= 2;
    slots_.resize(size);
  }

  const Value* find(std::string_view key) const noexcept {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[place_of(key, hash_of(key))];
    return slot.taken ? &slot.value : nullptr;
  }

  // The value of `key` and whether it is new: then it is `value`. Holds until the next call.
  std::pair<Value*, bool> try_add(std::string_view key, const Value& value) {
    if (2 * (taken_ + 1) > slots_.size()) grow();
    const std::uint32_t hash = hash_of(key);
    Slot& slot = slots_[place_of(key, hash)];
    if (slot.taken) return {&slot.value, false};
    slot = {key, value, hash, true};
    ++taken_;
    return {&slot.value, true};
  }

 private:
  struct Slot {
    std::string_view key;
    Value value{};
    std::uint32_t hash = 0;
    bool taken = false;
  };

  // Where `key` is, or the free place where it would be.
  std::size_t place_of(std::string_view key, std::uint32_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].taken && (slots_[at].hash != hash || slots_[at].key != key)) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.taken) slots_[place_of(slot.key, slot.hash)] = slot;
  }

  std::vector<Slot> slots_;  // a power of two of them, at most half of them taken
  std::size_t taken_ = 0;
};

}  // namespace cascade::registry
