// A block of tables: a directory of regions, then the regions, each aligned to 8 bytes; native byte order.
#pragma once

#include <cascade/result.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace cascade::tables {

// The layout of a region's records is part of the index format version (src/core/index/index_file.h).
class BlockWriter {
 public:
  // `room`: memory to reuse for the block; its content is ignored.
  explicit BlockWriter(std::size_t regions, std::string room = {}) : out_(std::move(room)), regions_(regions) {
    out_.assign(directory_bytes(regions), '\0');
  }

  template <typename T>
  void add(const std::vector<T>& records) {
    add(Span<T>{records.data(), records.size()});
  }
  template <typename T>
  void add(const Span<T>& records) {
    static_assert(std::has_unique_object_representations_v<T> && alignof(T) <= 8, "padding would make bytes differ");
    add_bytes({reinterpret_cast<const char*>(records.data), records.size * sizeof(T)});
  }

  void add_bytes(std::string_view bytes) {
    begin_region(bytes.size());
    out_.append(bytes);
  }

  // Adds one region of several pieces with `size` bytes in total: `pieces(add)` calls add(piece) for each.
  template <typename Pieces>
  void add_pieces(std::size_t size, const Pieces& pieces) {
    begin_region(size);
    pieces([this](std::string_view piece) { out_.append(piece); });
  }

  // Returns room for `count` records, which the caller fills before adding anything else.
  template <typename T>
  T* add_room(std::size_t count) {
    static_assert(std::has_unique_object_representations_v<T> && alignof(T) <= 8, "padding would make bytes differ");
    begin_region(count * sizeof(T));
    out_.resize(out_.size() + count * sizeof(T), '\0');
    return reinterpret_cast<T*>(out_.data() + out_.size() - count * sizeof(T));
  }

  void reserve(std::size_t bytes) { out_.reserve(bytes); }

  // Reserves room for all regions of this many bytes, so that the block is allocated once.
  void reserve_for(std::size_t bytes) { out_.reserve(directory_bytes(regions_) + bytes + 8 * regions_); }

  // REQUIRES: all announced regions were added.
  std::string take() {
    const std::uint64_t count = regions_;
    std::memcpy(out_.data(), &count, sizeof(count));
    out_.resize((out_.size() + 7) / 8 * 8, '\0');
    return std::move(out_);
  }

  static std::size_t directory_bytes(std::size_t regions) { return sizeof(std::uint64_t) * (1 + 2 * regions); }

 private:
  void begin_region(std::size_t bytes) {
    out_.resize((out_.size() + 7) / 8 * 8, '\0');
    const std::uint64_t entry[2] = {out_.size(), bytes};
    std::memcpy(out_.data() + sizeof(std::uint64_t) + next_ * sizeof(entry), entry, sizeof(entry));
    ++next_;
  }

  std::string out_;
  std::size_t regions_, next_ = 0;
};

class BlockReader {
 public:
  // False: the directory does not match the bytes, or does not have exactly `regions` entries.
  bool open(std::string_view bytes, std::size_t regions) {
    bytes_ = bytes;
    if (bytes.size() < BlockWriter::directory_bytes(regions) || reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 != 0)
      return false;
    std::uint64_t count = 0;
    std::memcpy(&count, bytes.data(), sizeof(count));
    return count == regions;
  }

  bool bytes(std::size_t region, std::string_view& out) const {
    std::uint64_t entry[2];
    std::memcpy(entry, bytes_.data() + sizeof(std::uint64_t) + region * sizeof(entry), sizeof(entry));
    if (entry[0] > bytes_.size() || entry[1] > bytes_.size() - entry[0] || entry[0] % 8 != 0) return false;
    out = bytes_.substr(entry[0], entry[1]);
    return true;
  }

  template <typename T>
  bool table(std::size_t region, Span<T>& out) const {
    std::string_view raw;
    if (!bytes(region, raw) || raw.size() % sizeof(T) != 0) return false;
    out = {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
    return true;
  }

 private:
  std::string_view bytes_;
};

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

// Calls write(sink), and returns where the bytes are from then on, at a multiple of 8. Nothing: that was not possible.
struct StoredBlock {
  std::shared_ptr<const void> owner;  // keeps the bytes alive
  std::string_view bytes;
};
using StoreBlock = std::function<std::optional<StoredBlock>(const std::function<void(const Sink&)>& write)>;

// Hands over a block as it is made, for tables that are too large to be held as a whole: a BlockWriter's bytes.
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

// Memory for many small pieces that are freed together. They begin at multiples of 8 and do not move until then.
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

// Writes a C++ source with the function `function`, which `header` declares in the namespace cascade::route and which
// returns `bytes`. REQUIRES: their number is a multiple of 8. Words and not bytes, since compilers read them several
// times as fast.
inline bool write_source(const char* path, const char* header, const char* function, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << "#include \"" << header << "\"\n\nnamespace cascade::route {\nnamespace {\n\n"
      << "constexpr std::uint64_t words[] = {\n";
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    char text[32];
    std::snprintf(text, sizeof(text), "0x%" PRIx64 ",%s", word, at % 64 == 56 ? "\n" : "");
    out << text;
  }
  out << "\n};\n\n}  // namespace\n\nstd::string_view " << function << "() noexcept {\n"
      << "  return {reinterpret_cast<const char*>(words), sizeof(words)};\n}\n\n}  // namespace cascade::route\n";
  out.close();
  return static_cast<bool>(out);
}

}  // namespace cascade::tables
