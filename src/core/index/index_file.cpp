// Opening checks the header, the key and the sizes, and every offset of the directory; regions are checked block by
// block when they are first asked for. A file whose time of change is the seal of this boot is believed without sums:
// comparing them would cost as much as an answer. A seal of an earlier boot is renewed after the whole file was read
// once.
#include "index/index_file.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "files/mapped_file.h"
#include "files/tree.h"

namespace cascade::index_file {
namespace {

// A seal of a writer that did not know its boot means that the file is on disk, and so whole after any boot.
bool is_sealed(std::int64_t scan_start_ns, std::int64_t modified_ns, std::uint64_t boot) {
  return modified_ns != 0 && (modified_ns == seal_of(scan_start_ns, boot) || modified_ns == seal_of(scan_start_ns, 0));
}

Error damaged(std::string what) { return {ErrorCode::malformed, std::move(what), "", ""}; }

constexpr char zeros[alignment] = {};

Result<std::unique_ptr<files::FileLock>> take_lock(const std::string& path) {
  auto lock = std::make_unique<files::FileLock>(lock_path(path));
  if (lock->state() == files::FileLock::State::failed)
    return files::unwritable("cannot write the index", path, lock->error());
  if (lock->state() == files::FileLock::State::taken)
    return Error{ErrorCode::stale, "another process is writing the index", path, ""};
  return lock;
}

constexpr unsigned mode = 0600;

files::Seal seal_for(std::int64_t scan_start_ns, std::uint64_t boot) {
  return {seal_of(scan_start_ns, boot), boot == 0};
}

std::uint64_t sum_of(const Header& header) {
  return hash::hash64({reinterpret_cast<const char*>(&header), offsetof(Header, header_sum)});
}

// A file as a list of pieces that stay where their owners have them; `layout` and `end` are to own what no region has.
std::vector<std::string_view> pieces_of(const std::vector<Region>& regions, const hash::Hash128& key,
                                        std::int64_t scan_start_ns, FileLayout& layout, std::string& end) {
  std::vector<std::string_view> pieces{layout.header()};
  RegionKind last = RegionKind::none;
  for (const Region& region : regions) {
    if (region.kind != last) pieces.push_back(layout.begin(region.kind));
    last = region.kind;
    layout.add(region.bytes);
    pieces.push_back(region.bytes);
  }
  end = layout.finish(key, scan_start_ns);
  pieces.push_back(end);
  return pieces;
}

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

std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions) {
  FileLayout layout;
  std::string end, out;
  for (const std::string_view piece : pieces_of(regions, key, scan_start_ns, layout, end)) out.append(piece);
  return out;
}

std::string lock_path(const std::string& path) { return path + ".lock"; }

Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions, std::uint64_t boot) {
  const auto lock = take_lock(path);
  if (!lock) return lock.error();
  FileLayout layout;
  std::string end;
  return files::write_sealed(path, pieces_of(regions, key, scan_start_ns, layout, end), seal_for(scan_start_ns, boot),
                             mode);
}

Result<std::unique_ptr<Writer>> Writer::begin(const std::string& path) {
  auto lock = take_lock(path);
  if (!lock) return lock.error();
  auto file = files::GrowingFile::begin(path, mode);
  if (!file) return file.error();
  std::unique_ptr<Writer> writer(new Writer(*std::move(lock), *std::move(file)));
  writer->put({writer->layout_.header()});
  return writer;
}

Result<std::shared_ptr<const files::MappedPart>> Writer::add(RegionKind kind,
                                                             const std::function<void(const Sink&)>& write) {
  put({layout_.begin(kind)});
  const std::uint64_t begin = file_.size();
  write([this](std::string_view bytes) {
    layout_.add(bytes);
    put({bytes});
  });
  if (!done_) return done_.error();
  auto mapped = file_.part(begin, file_.size() - begin);
  if (!mapped) return mapped.error();
  return mapped_.emplace_back(std::make_shared<const files::MappedPart>(*std::move(mapped)));
}

void Writer::release_pages() const noexcept {
  for (const auto& part : mapped_) files::release_pages(part->bytes());
}

Result<void> Writer::add(RegionKind kind, const std::vector<std::string_view>& pieces) {
  put({layout_.begin(kind)});
  for (const std::string_view piece : pieces) layout_.add(piece);
  put(pieces);
  return done_;
}

Result<void> Writer::finish(const hash::Hash128& key, std::int64_t scan_start_ns, std::uint64_t boot) {
  const std::string end = layout_.finish(key, scan_start_ns);
  put({end});
  if (!done_) return done_;
  return file_.finish(layout_.header(), seal_for(scan_start_ns, boot));
}

}  // namespace cascade::index_file
