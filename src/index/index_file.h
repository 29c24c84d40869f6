// The cache file as a container: opaque regions behind a checked header. It does not know what the regions mean.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
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

// The whole file as bytes. Deterministic.
std::string encode(const hash::Hash128& key, std::int64_t scan_start_ns, const std::vector<Region>& regions);

// A file that was opened and whose header fits. Sums are compared on first touch, unless the file's time of change is
// still its seal: then it is what was written, byte for byte. Copies share the mapping; views live as long as any copy.
class Image {
 public:
  // not_found, unreadable; stale: another key (made for other roots or by another version); malformed: damaged.
  static Result<Image> open(const std::string& path, const hash::Hash128& key);
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
  static Result<Image> check(std::shared_ptr<State> state, const hash::Hash128& key);
  std::shared_ptr<State> state_;
};

// The time of change that a whole file carries: before any time that a change after the scan could leave.
constexpr std::int64_t seal_of(std::int64_t scan_start_ns) noexcept {
  return scan_start_ns > 0 ? scan_start_ns - 1 : 0;
}

// Encodes and replaces `path`; one writer at a time (advisory lock beside the file): a process that finds the lock
// taken gives up with `stale`, since another is writing the same thing.
Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions);

}  // namespace cascade::index_file
