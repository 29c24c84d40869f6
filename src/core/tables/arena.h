// Memory for many small pieces that are freed together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace cascade::tables {

// Pieces begin at multiples of 8 and do not move until the arena is cleared or destroyed.
class Arena {
 public:
  // `chunk`: the least number of bytes taken from the heap at a time.
  explicit Arena(std::size_t chunk) : chunk_(chunk) {}

  std::string_view keep(std::string_view bytes) {
    if (bytes.empty()) return {};
    const std::size_t size = (bytes.size() + 7) / 8 * 8;
    if (size > left_) {
      left_ = std::max(size, chunk_);
      next_ = chunks_.emplace_back(std::make_unique_for_overwrite<char[]>(left_)).get();
    }
    char* const at = next_;
    std::memcpy(at, bytes.data(), bytes.size());
    next_ += size;
    left_ -= size;
    return {at, bytes.size()};
  }

  void clear() {
    chunks_.clear();
    left_ = 0;
  }

 private:
  std::size_t chunk_, left_ = 0;
  char* next_ = nullptr;
  std::vector<std::unique_ptr<char[]>> chunks_;
};

}  // namespace cascade::tables
