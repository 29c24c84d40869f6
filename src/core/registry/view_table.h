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

// The texts must outlive it. O(1) on average; its order is not observable.
template <typename Value>
class ViewTable {
 public:
  // Reserves room for this many texts. REQUIRES: it is empty.
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

  // Returns the value of `key` and whether it is new; a new key gets `value`. Valid until the next call.
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

  // Returns the slot of `key`, or the free slot where it would be.
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

  std::vector<Slot> slots_;  // a power of two, at most half of them used
  std::size_t taken_ = 0;
};

}  // namespace cascade::registry
