// The cache file as a container: a checked header followed by opaque regions, whose meaning it does not know.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/process.h"
#include "hash/content_hash.h"

namespace cascade::index_file {

constexpr std::uint64_t magic = 0x4341534349445831ULL;  // "CASCIDX1", first byte highest
constexpr std::uint32_t format_version = 7;
constexpr std::size_t max_regions = 16;
constexpr std::size_t alignment = 64;
constexpr std::size_t block_bytes = 64 * 1024;

enum class RegionKind : std::uint32_t {
  none,
  files,
  folders,
  strings,
  calls,
  registry,
  router,
  problems,
  notes,
  origins
};

struct RegionEntry {
  std::uint32_t kind = 0, unused = 0;
  std::uint64_t offset = 0, length = 0;
};

struct Header {
  std::uint64_t magic_word = magic;
  std::uint32_t version = format_version, regions = 0;
  std::uint64_t size = 0;
  std::int64_t scan_start_ns = 0;
  std::uint64_t key_high = 0, key_low = 0;
  std::uint64_t sums_offset = 0, sums_count = 0;
  RegionEntry directory[max_regions];
  std::uint64_t header_sum = 0;
};
constexpr std::size_t header_bytes = 512;
static_assert(sizeof(Header) <= header_bytes);

// One file or folder that the content depends on. Paths are in the strings region.
struct FileRecord {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  std::uint64_t content_high = 0, content_low = 0;
  std::uint64_t calls_offset = 0;  // in the region of calls
  std::uint32_t calls_length = 0;  // 0: it yielded no manifest
  std::uint32_t manifest = 0;      // its number in the registry
  std::uint32_t path_offset = 0, path_length = 0;
  std::uint32_t root = 0, flags = 0;
};
constexpr std::uint32_t flag_racy = 1;       // may have changed after it was read, within the clock's resolution
constexpr std::uint32_t flag_faulty = 2;     // a manifest that could not be read: retried at every look
constexpr std::uint32_t flag_unsettled = 4;  // a folder: a link below the root leads nowhere or out of it at present
// For folders without a stamp: a file or folder that could not be read; retried at every look.
constexpr std::uint32_t flag_unread = 8;

// The walk's decision about the file of the same number. Texts are in the strings region.
struct OriginRecord {
  std::uint32_t component_offset = 0, component_length = 0, plugin_offset = 0, plugin_length = 0;
  std::uint32_t kind = 0;  // of a manifest, or other_file
  std::uint32_t flags = 0;
};
constexpr std::uint32_t origin_prefixed = 1;       // the name carries the plugin's
constexpr std::uint32_t origin_if_declared = 2;    // no manifest without front matter
constexpr std::uint32_t other_file = 0xffffffffU;  // plugin.json and others that are not manifests

// The form of an index file, whether it is written at once or region by region.
struct Region {
  RegionKind kind = RegionKind::none;
  std::string_view bytes;
};

// Returns the whole file as bytes; deterministic. Adjacent pieces of one kind form one region.
std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions);

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

// An opened file whose header matches. Block sums are compared on first touch, unless the modification time is still
// the file's seal, which proves that it is unchanged. Copies share the mapping; views stay valid as long as any copy.
class Image {
 public:
  // not_found, unreadable; stale: another key (made for other roots or by another version); malformed: damaged. A file
  // sealed before the machine was restarted (`boot`) is checked as a whole and sealed again.
  static Result<Image> open(const std::string& path, const hash::Hash128& key, std::uint64_t boot = files::this_boot());
  // The same for bytes in memory, for tests and fuzzing; the view must outlive the image.
  static Result<Image> over(std::string_view bytes, const hash::Hash128& key);

  // Empty: there is no such region. malformed: a block of it fails its sum, which is checked on first touch.
  Result<std::string_view> region(RegionKind kind) const;
  // Checks every block, sealed or not, for `index --check` and `doctor`.
  Result<void> verify() const;

  std::int64_t scan_start_ns() const noexcept;
  std::shared_ptr<const void> owner() const noexcept;
  void release_pages() const noexcept;  // of the file (files/mapped_file.h); none of bytes in memory

 private:
  struct State;
  explicit Image(std::shared_ptr<State> state);
  void renew_seal(const std::string& path, std::uint64_t boot) const;
  static Result<Image> check(std::shared_ptr<State> state, const hash::Hash128& key, std::uint64_t boot);
  std::shared_ptr<State> state_;
};

// The modification time that marks a whole file: earlier than any time that a change after the scan could set, and
// different for each boot. If the boot is unknown (`boot` 0), the file is flushed to disk first. 0: no seal.
constexpr std::int64_t seal_span_ns = std::int64_t{1} << 40;  // 18 minutes
constexpr std::int64_t seal_step_ns = 100;                    // NTFS keeps no finer times
constexpr std::int64_t seal_of(std::int64_t scan_start_ns, std::uint64_t boot) noexcept {
  if (scan_start_ns <= seal_span_ns + 2) return 0;
  const std::int64_t latest = scan_start_ns - 1 - (scan_start_ns - 1) % seal_step_ns;
  if (boot == 0) return latest;
  constexpr std::uint64_t steps = seal_span_ns / seal_step_ns;
  return latest - seal_step_ns * (1 + static_cast<std::int64_t>(boot % steps));
}

// The file that writers of `path` lock. Its content means nothing.
std::string lock_path(const std::string& path);

// Replaces `path`; one writer at a time (an advisory lock on a file next to it). A process that finds the lock taken
// gives up with `stale`, because the other one is writing the same data.
Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions, std::uint64_t boot = files::this_boot());

// Writes a large index region by region, and reads what is written: so a build need not hold it in memory. As with
// save(), one writer at a time, here from begin() to finish().
class Writer {
 public:
  using Sink = std::function<void(std::string_view)>;

  static Result<std::unique_ptr<Writer>> begin(const std::string& path);

  // Writes a region: `write` calls a sink with its bytes, piece by piece. Returns where they are from now on. After a
  // failure nothing more can be written.
  Result<std::shared_ptr<const files::MappedPart>> add(RegionKind kind, const std::function<void(const Sink&)>& write);
  Result<void> add(RegionKind kind, const std::vector<std::string_view>& pieces);
  bool has(RegionKind kind) const noexcept { return layout_.has(kind); }
  void release_pages() const noexcept;  // of what was written (files/mapped_file.h)
  // Ends the file, which then replaces `path`.
  Result<void> finish(const hash::Hash128& key, std::int64_t scan_start_ns, std::uint64_t boot = files::this_boot());

 private:
  Writer(std::unique_ptr<files::FileLock> lock, files::GrowingFile file)
      : lock_(std::move(lock)), file_(std::move(file)) {}
  void put(const std::vector<std::string_view>& pieces) {
    if (done_) done_ = file_.append(pieces);
  }

  std::unique_ptr<files::FileLock> lock_;
  files::GrowingFile file_;
  FileLayout layout_;
  std::vector<std::shared_ptr<const files::MappedPart>> mapped_;
  Result<void> done_;
};

}  // namespace cascade::index_file
