#include "index/index_file.h"

#include <algorithm>
#include <cstring>

#include "files/mapped_file.h"

namespace cascade::index_file {
namespace {

std::size_t aligned(std::size_t offset) { return (offset + alignment - 1) / alignment * alignment; }

std::uint64_t sum_of(const Header& header) {
  return hash::hash64({reinterpret_cast<const char*>(&header), offsetof(Header, header_sum)});
}

Error damaged(std::string what) { return {ErrorCode::malformed, std::move(what), "", ""}; }

}  // namespace

struct Image::State {
  files::MappedFile file;
  std::string_view bytes;
  Header header;
  bool sealed = false;
  // One flag a block; a shared image is used by one thread at a time (a Workspace belongs to one thread).
  std::vector<char> verified;

  std::size_t blocks() const { return verified.size(); }
  std::string_view block(std::size_t i) const {
    const std::size_t begin = header_bytes + i * block_bytes;
    return bytes.substr(begin, std::min<std::size_t>(block_bytes, header.sums_offset - begin));
  }
  bool check_block(std::size_t i) {
    if (verified[i] != 0) return true;
    std::uint64_t expected = 0;
    std::memcpy(&expected, bytes.data() + header.sums_offset + i * sizeof(expected), sizeof(expected));
    if (hash::hash64(block(i)) != expected) return false;
    verified[i] = 1;
    return true;
  }
};

std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions) {
  assert(regions.size() <= max_regions);
  Header header;
  std::string out(header_bytes, '\0');
  header.regions = static_cast<std::uint32_t>(regions.size());
  for (std::size_t i = 0; i < regions.size(); ++i) {
    out.resize(aligned(out.size()), '\0');
    header.directory[i] = {static_cast<std::uint32_t>(regions[i].kind), 0, out.size(), regions[i].bytes.size()};
    out.append(regions[i].bytes);
  }
  out.resize(aligned(out.size()), '\0');
  header.scan_start_ns = scan_start_ns;
  header.key_high = key.high;
  header.key_low = key.low;
  header.sums_offset = out.size();
  header.sums_count = (out.size() - header_bytes + block_bytes - 1) / block_bytes;
  std::vector<std::uint64_t> sums;
  for (std::size_t i = 0; i < header.sums_count; ++i)
    sums.push_back(hash::hash64(std::string_view(out).substr(header_bytes + i * block_bytes, block_bytes)));
  out.append(reinterpret_cast<const char*>(sums.data()), sums.size() * sizeof(std::uint64_t));
  header.size = out.size();
  header.header_sum = sum_of(header);
  std::memcpy(out.data(), &header, sizeof(header));
  return out;
}

Image::Image(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<Image> Image::check(std::shared_ptr<State> state, const hash::Hash128& key) {
  if (state->bytes.size() < header_bytes) return damaged("shorter than its header");
  std::memcpy(&state->header, state->bytes.data(), sizeof(Header));
  const Header& header = state->header;
  if (header.magic_word != magic) return damaged("not an index file");
  if (header.version != format_version) return Error{ErrorCode::stale, "another format version", "", ""};
  if (header.header_sum != sum_of(header)) return damaged("the header is damaged");
  if (header.size != state->bytes.size()) return damaged("cut short");
  if (header.key_high != key.high || header.key_low != key.low)
    return Error{ErrorCode::stale, "made for other roots or another version", "", ""};
  const std::uint64_t end = header.sums_offset;
  if (end < header_bytes || end > header.size || header.regions > max_regions)
    return damaged("the directory is damaged");
  const std::uint64_t blocks = (end - header_bytes + block_bytes - 1) / block_bytes;
  if (header.sums_count != blocks || (header.size - end) / sizeof(std::uint64_t) < blocks)
    return damaged("the checksums are cut short");
  for (std::uint32_t i = 0; i < header.regions; ++i) {
    const RegionEntry& entry = header.directory[i];
    if (entry.offset % alignment != 0 || entry.offset < header_bytes || entry.offset > end ||
        entry.length > end - entry.offset)
      return damaged("a region lies outside the file");
  }
  state->sealed = header.scan_start_ns > 0 && state->file.modified_ns() == seal_of(header.scan_start_ns);
  state->verified.assign(blocks, 0);
  return Image(std::move(state));
}

Result<Image> Image::open(const std::string& path, const hash::Hash128& key) {
  auto file = files::MappedFile::open(path);
  if (!file) return file.error();
  auto state = std::make_shared<State>();
  state->file = std::move(*file);
  state->bytes = state->file.bytes();
  return check(std::move(state), key);
}

Result<Image> Image::over(std::string_view bytes, const hash::Hash128& key) {
  auto state = std::make_shared<State>();
  state->bytes = bytes;
  return check(std::move(state), key);
}

Result<std::string_view> Image::region(RegionKind kind) const {
  const Header& header = state_->header;
  for (std::uint32_t i = 0; i < header.regions; ++i) {
    const RegionEntry& entry = header.directory[i];
    if (entry.kind != static_cast<std::uint32_t>(kind)) continue;
    if (entry.length == 0) return std::string_view();
    if (state_->sealed) return state_->bytes.substr(entry.offset, entry.length);
    const std::size_t first = (entry.offset - header_bytes) / block_bytes;
    const std::size_t last = (entry.offset + entry.length - 1 - header_bytes) / block_bytes;
    for (std::size_t block = first; block <= last; ++block)
      if (!state_->check_block(block)) return damaged("a block fails its checksum");
    return state_->bytes.substr(entry.offset, entry.length);
  }
  return std::string_view();
}

Result<void> Image::verify() const {
  for (std::size_t i = 0; i < state_->blocks(); ++i)
    if (!state_->check_block(i)) return damaged("a block fails its checksum");
  return {};
}

std::int64_t Image::scan_start_ns() const noexcept { return state_->header.scan_start_ns; }

std::shared_ptr<const void> Image::owner() const noexcept { return state_; }

}  // namespace cascade::index_file
