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

FileLayout::FileLayout(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions)
    : header_bytes_(header_bytes, '\0') {
  add(header_bytes_);
  RegionEntry* entry = nullptr;
  for (const Region& region : regions) {
    const auto kind = static_cast<std::uint32_t>(region.kind);
    if (entry == nullptr || entry->kind != kind) {
      pad();
      assert(header_.regions < max_regions);
      entry = &header_.directory[header_.regions++];
      *entry = {kind, 0, size_, 0};
    }
    add(region.bytes);
    entry->length += region.bytes.size();
  }
  pad();
  header_.scan_start_ns = scan_start_ns;
  header_.key_high = key.high;
  header_.key_low = key.low;
  header_.sums_offset = size_;
  add_sums();
  header_.sums_count = sums_.size();
  add({reinterpret_cast<const char*>(sums_.data()), sums_.size() * sizeof(std::uint64_t)});
  header_.size = size_;
  header_.header_sum = sum_of(header_);
  std::memcpy(header_bytes_.data(), &header_, sizeof(header_));
}

void FileLayout::add(std::string_view bytes) {
  if (bytes.empty()) return;
  pieces_.push_back(bytes);
  size_ += bytes.size();
}

void FileLayout::pad() { add({zeros, (alignment - size_ % alignment) % alignment}); }

// A block that is one piece is summed in place; a block of several pieces is copied together first.
void FileLayout::add_sums() {
  std::string block;
  const auto finish = [&](std::string_view whole) { sums_.push_back(hash::hash64(whole)); };
  for (auto piece = pieces_.begin() + 1; piece != pieces_.end(); ++piece) {
    std::string_view rest = *piece;
    while (!rest.empty()) {
      const std::size_t part = std::min(rest.size(), block_bytes - block.size());
      if (block.empty() && part == block_bytes) {
        finish(rest.substr(0, part));
      } else {
        block.append(rest.substr(0, part));
        if (block.size() == block_bytes) {
          finish(block);
          block.clear();
        }
      }
      rest.remove_prefix(part);
    }
  }
  if (!block.empty()) finish(block);
}

std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions) {
  std::string out;
  const FileLayout layout(key, scan_start_ns, regions);
  for (const std::string_view piece : layout.pieces()) out.append(piece);
  return out;
}

}  // namespace cascade::index_file
