// The bytes of an index file as a list of pieces that stay where their owners have them: nothing is copied.
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

// Refers to the bytes of `regions`, which must outlive it.
class FileLayout {
 public:
  FileLayout(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions);
  FileLayout(const FileLayout&) = delete;
  FileLayout& operator=(const FileLayout&) = delete;

  const std::vector<std::string_view>& pieces() const noexcept { return pieces_; }  // of the file, in order

 private:
  void add(std::string_view bytes);
  void pad();
  void add_sums();

  Header header_;
  std::string header_bytes_;
  std::vector<std::uint64_t> sums_;
  std::vector<std::string_view> pieces_;
  std::uint64_t size_ = 0;
};

}  // namespace cascade::index_file
