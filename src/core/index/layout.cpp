// Regions of one kind are laid out in a row and share an entry of the directory. The sums of all blocks follow the
// regions, and the header, which is made last because it has the sizes, comes first in the file.
#include "index/layout.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace cascade::index_file {
namespace {

constexpr char zeros[alignment] = {};

}  // namespace

std::uint64_t sum_of(const Header& header) {
  return hash::hash64({reinterpret_cast<const char*>(&header), offsetof(Header, header_sum)});
}

std::string_view FileLayout::begin(RegionKind kind) {
  assert(header_.regions < max_regions);
  const std::string_view padding = pad();
  header_.directory[header_.regions++] = {static_cast<std::uint32_t>(kind), 0, size_, 0};
  return padding;
}

void FileLayout::add(std::string_view bytes) {
  header_.directory[header_.regions - 1].length += bytes.size();
  size_ += bytes.size();
  sum(bytes);
}

bool FileLayout::has(RegionKind kind) const noexcept {
  return std::any_of(header_.directory, header_.directory + header_.regions,
                     [&](const RegionEntry& entry) { return entry.kind == static_cast<std::uint32_t>(kind); });
}

std::string FileLayout::finish(const hash::Hash128& key, std::int64_t scan_start_ns) {
  std::string end(pad());
  if (!block_.empty()) sums_.push_back(hash::hash64(block_));
  header_.scan_start_ns = scan_start_ns;
  header_.key_high = key.high;
  header_.key_low = key.low;
  header_.sums_offset = size_;
  header_.sums_count = sums_.size();
  end.append(reinterpret_cast<const char*>(sums_.data()), sums_.size() * sizeof(std::uint64_t));
  header_.size = size_ + sums_.size() * sizeof(std::uint64_t);
  header_.header_sum = sum_of(header_);
  std::memcpy(header_bytes_.data(), &header_, sizeof(header_));
  return end;
}

std::string_view FileLayout::pad() {
  const std::string_view padding(zeros, (alignment - size_ % alignment) % alignment);
  size_ += padding.size();
  sum(padding);
  return padding;
}

// A block that is one piece is summed in place; a block of several pieces is copied together first.
void FileLayout::sum(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t part = std::min(bytes.size(), block_bytes - block_.size());
    if (block_.empty() && part == block_bytes) {
      sums_.push_back(hash::hash64(bytes.substr(0, part)));
    } else {
      block_.append(bytes.substr(0, part));
      if (block_.size() == block_bytes) {
        sums_.push_back(hash::hash64(block_));
        block_.clear();
      }
    }
    bytes.remove_prefix(part);
  }
}

FilePieces::FilePieces(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions)
    : pieces_{layout_.header()} {
  RegionKind last = RegionKind::none;
  for (const Region& region : regions) {
    if (region.kind != last) pieces_.push_back(layout_.begin(region.kind));
    last = region.kind;
    layout_.add(region.bytes);
    pieces_.push_back(region.bytes);
  }
  end_ = layout_.finish(key, scan_start_ns);
  pieces_.push_back(end_);
}

std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions) {
  std::string out;
  const FilePieces file(key, scan_start_ns, regions);
  for (const std::string_view piece : file.pieces()) out.append(piece);
  return out;
}

}  // namespace cascade::index_file
