// A block that is handed over as it is made, for tables that are too large to be held as a whole.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tables/block.h"

namespace cascade::tables {

// Where the regions of a block will be: it takes the same calls as a BlockStream, and looks only at sizes.
class BlockPlan {
 public:
  template <typename T>
  void add(const std::vector<T>& records) {
    sizes_.push_back(records.size() * sizeof(T));
  }
  void add_bytes(std::string_view bytes) { sizes_.push_back(bytes.size()); }
  template <typename Pieces>
  void add_pieces(std::size_t size, const Pieces&) {
    sizes_.push_back(size);
  }

  std::string directory() const {
    std::vector<std::uint64_t> numbers = {sizes_.size()};
    std::size_t at = BlockWriter::directory_bytes(sizes_.size());
    for (const std::size_t size : sizes_) {
      numbers.insert(numbers.end(), {at, size});
      at += (size + 7) / 8 * 8;
    }
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(numbers[0])};
  }

 private:
  std::vector<std::size_t> sizes_;
};

// Takes the bytes of a block, in order; views are valid during the call only.
using Sink = std::function<void(std::string_view)>;

// Puts a block elsewhere than into memory: calls write(sink), and returns where the bytes are from then on, at a
// multiple of 8. Nothing: that was not possible.
struct StoredBlock {
  std::shared_ptr<const void> owner;  // keeps the bytes alive
  std::string_view bytes;
};
using StoreBlock = std::function<std::optional<StoredBlock>(const std::function<void(const Sink&)>& write)>;

// Hands over a block without holding it as a whole: the same bytes as a BlockWriter's.
class BlockStream {
 public:
  BlockStream(const BlockPlan& plan, const Sink& sink) : sink_(sink) { put(plan.directory()); }

  template <typename T>
  void add(const std::vector<T>& records) {
    static_assert(std::has_unique_object_representations_v<T> && alignof(T) <= 8, "padding would make bytes differ");
    add_bytes({reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T)});
  }
  void add_bytes(std::string_view bytes) {
    put(bytes);
    pad();
  }
  template <typename Pieces>
  void add_pieces(std::size_t, const Pieces& pieces) {
    pieces([this](std::string_view piece) { put(piece); });
    pad();
  }
  void finish() {
    sink_(buffer_);
    buffer_.clear();
  }

 private:
  static constexpr std::size_t large = 1 << 20;

  void put(std::string_view bytes) {
    size_ += bytes.size();
    if (buffer_.size() + bytes.size() > large) finish();
    if (bytes.size() > large)
      sink_(bytes);
    else
      buffer_.append(bytes);
  }
  void pad() { put(std::string_view("\0\0\0\0\0\0\0", (8 - size_ % 8) % 8)); }

  const Sink& sink_;
  std::string buffer_;
  std::size_t size_ = 0;
};

}  // namespace cascade::tables
