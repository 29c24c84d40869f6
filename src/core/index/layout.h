// The form of an index file, whether it is written at once or region by region.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hash/content_hash.h"
#include "index/format.h"

namespace cascade::index_file {

struct Region {
  RegionKind kind = RegionKind::none;
  std::string_view bytes;
};

// Returns the whole file as bytes; deterministic. Adjacent pieces of one kind form one region.
std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions);

std::uint64_t sum_of(const Header& header);

// Follows a file as it is written, and makes what is not in its regions: header, padding and sums.
class FileLayout {
 public:
  std::string_view header() const noexcept { return header_bytes_; }  // the first bytes; right after finish()
  // Begins a region. Returns the padding to be written before it.
  std::string_view begin(RegionKind kind);
  void add(std::string_view bytes);          // of the region begun last
  bool has(RegionKind kind) const noexcept;  // it was begun
  // Returns the bytes that end the file.
  std::string finish(const hash::Hash128& key, std::int64_t scan_start_ns);

 private:
  std::string_view pad();
  void sum(std::string_view bytes);

  Header header_;
  std::string header_bytes_ = std::string(header_bytes, '\0');
  std::string block_;  // the last block as far as it is known, if it is not whole
  std::vector<std::uint64_t> sums_;
  std::uint64_t size_ = header_bytes;
};

// A file as a list of pieces that stay where their owners have them, which must outlive it.
class FilePieces {
 public:
  FilePieces(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions);
  FilePieces(const FilePieces&) = delete;
  FilePieces& operator=(const FilePieces&) = delete;

  const std::vector<std::string_view>& pieces() const noexcept { return pieces_; }  // of the file, in order

 private:
  FileLayout layout_;
  std::string end_;
  std::vector<std::string_view> pieces_;
};

}  // namespace cascade::index_file
