// The cache file as a container: opaque regions behind a checked header. It does not know what the regions mean.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "files/boot.h"
#include "hash/content_hash.h"
#include "index/layout.h"

namespace cascade::index_file {

// A file that was opened and whose header fits. Sums are compared on first touch, unless the file's time of change is
// still its seal: then it is what was written, byte for byte. Copies share the mapping; views live as long as any copy.
class Image {
 public:
  // not_found, unreadable; stale: another key (made for other roots or by another version); malformed: damaged. A file
  // that was sealed before the machine was started anew (`boot`) is compared with all of its sums and sealed again.
  static Result<Image> open(const std::string& path, const hash::Hash128& key, std::uint64_t boot = files::this_boot());
  // The same over bytes in memory, for tests and fuzzing; the view must outlive the image.
  static Result<Image> over(std::string_view bytes, const hash::Hash128& key);

  // Empty when there is no such region. malformed when a block of it fails its sum; checked on first touch.
  Result<std::string_view> region(RegionKind kind) const;
  // Every block, sealed or not, for `index --check` and `doctor`.
  Result<void> verify() const;

  std::int64_t scan_start_ns() const noexcept;
  std::shared_ptr<const void> owner() const noexcept;

 private:
  struct State;
  explicit Image(std::shared_ptr<State> state);
  void renew_seal(const std::string& path, std::uint64_t boot) const;
  static Result<Image> check(std::shared_ptr<State> state, const hash::Hash128& key, std::uint64_t boot);
  std::shared_ptr<State> state_;
};

// The time of change that a whole file carries: before any time that a change after the scan could leave, and another
// one each time that the machine was started. Where that is not known (`boot` 0), the file is brought to the disk
// first. 0: there is none.
constexpr std::int64_t seal_span_ns = std::int64_t{1} << 40;  // 18 minutes
constexpr std::int64_t seal_of(std::int64_t scan_start_ns, std::uint64_t boot) noexcept {
  if (scan_start_ns <= seal_span_ns + 2) return 0;
  return boot == 0 ? scan_start_ns - 1 : scan_start_ns - 2 - static_cast<std::int64_t>(boot % seal_span_ns);
}

// What writers of `path` lock. Its bytes mean nothing.
std::string lock_path(const std::string& path);

// Replaces `path`; one writer at a time (advisory lock beside the file): a process that finds the lock
// taken gives up with `stale`, since another is writing the same thing.
Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions, std::uint64_t boot = files::this_boot());

}  // namespace cascade::index_file
