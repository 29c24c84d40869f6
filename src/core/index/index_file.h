// The cache file as a container: a checked header followed by opaque regions, whose meaning it does not know.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "files/boot.h"
#include "files/file_lock.h"
#include "files/growing_file.h"
#include "hash/content_hash.h"
#include "index/layout.h"

namespace cascade::index_file {

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
  void release_pages() const noexcept;  // of the file (files/freed_memory.h); none of bytes in memory

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
  void release_pages() const noexcept;  // of what was written (files/freed_memory.h)
  // Ends the file, which then replaces `path`.
  Result<void> finish(const hash::Hash128& key, std::int64_t scan_start_ns, std::uint64_t boot = files::this_boot());

 private:
  Writer(std::unique_ptr<files::FileLock> lock, files::GrowingFile file)
      : lock_(std::move(lock)), file_(std::move(file)) {}
  void put(const std::vector<std::string_view>& pieces);

  std::unique_ptr<files::FileLock> lock_;
  files::GrowingFile file_;
  FileLayout layout_;
  std::vector<std::shared_ptr<const files::MappedPart>> mapped_;
  Result<void> done_;
};

}  // namespace cascade::index_file
