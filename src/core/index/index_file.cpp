// Opening checks the header, the key and the sizes, and every offset of the directory; regions are checked block by
// block when they are first asked for. A file whose time of change is the seal of this boot is believed without sums:
// comparing them would cost as much as an answer. A seal of an earlier boot is renewed after the whole file was read
// once.
#include "index/index_file.h"

#include <algorithm>
#include <cstring>

#include "files/atomic_write.h"
#include "files/freed_memory.h"
#include "files/mapped_file.h"

namespace cascade::index_file {
namespace {

// A seal of a writer that did not know its boot means that the file is on disk, and so whole after any boot.
bool is_sealed(std::int64_t scan_start_ns, std::int64_t modified_ns, std::uint64_t boot) {
  return modified_ns != 0 && (modified_ns == seal_of(scan_start_ns, boot) || modified_ns == seal_of(scan_start_ns, 0));
}

Error damaged(std::string what) { return {ErrorCode::malformed, std::move(what), "", ""}; }

}  // namespace

struct Image::State {
  files::MappedFile file;
  std::string_view bytes;
  Header header;
  bool sealed = false;
  // One flag per block; a shared image is used by one thread at a time (a Workspace belongs to one thread).
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

Image::Image(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<Image> Image::check(std::shared_ptr<State> state, const hash::Hash128& key, std::uint64_t boot) {
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
  state->verified.assign(blocks, 0);
  state->sealed = is_sealed(header.scan_start_ns, state->file.stamp().modified_ns, boot);
  return Image(std::move(state));
}

Result<Image> Image::open(const std::string& path, const hash::Hash128& key, std::uint64_t boot) {
  auto file = files::MappedFile::open(path);
  if (!file) return file.error();
  auto state = std::make_shared<State>();
  state->file = std::move(*file);
  state->bytes = state->file.bytes();
  auto image = check(std::move(state), key, boot);
  if (image) image->renew_seal(path, boot);
  return image;
}

// Reading the file once and sealing it is cheaper than checking parts of it at every start until it is next written.
void Image::renew_seal(const std::string& path, std::uint64_t boot) const {
  const std::int64_t seal = seal_of(state_->header.scan_start_ns, boot), found = state_->file.stamp().modified_ns;
  const bool of_another_boot = !state_->sealed && boot != 0 && seal != 0 && found < state_->header.scan_start_ns &&
                               found >= state_->header.scan_start_ns - 2 * seal_step_ns - seal_span_ns;
  if (of_another_boot && verify()) files::seal_again(path, state_->file.stamp(), seal);
}

Result<Image> Image::over(std::string_view bytes, const hash::Hash128& key) {
  auto state = std::make_shared<State>();
  state->bytes = bytes;
  return check(std::move(state), key, 0);
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

void Image::release_pages() const noexcept { files::release_pages(state_->file.bytes()); }

std::shared_ptr<const void> Image::owner() const noexcept { return state_; }

}  // namespace cascade::index_file
