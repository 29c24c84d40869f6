// A file that this process alone may change. For files/ only.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::files {

class LockedFile {
 public:
  // Opens or creates the file of mode 0600 that `path` names once the lock is held; waits two seconds at most.
  // unwritable.
  static Result<LockedFile> open(const std::string& path);

  std::uint64_t size() const noexcept { return size_; }  // as of locking
  Result<void> read(std::string& content) const;         // from the beginning, as much as `content` is long
  Result<void> append(std::string_view bytes) const;     // in one call, unless the disk is full or a signal interrupts
  // Gives the name to a new file: who waits for the lock notices it.
  Result<void> replace(std::string_view bytes) const;

  LockedFile(LockedFile&& other) noexcept
      : file_(std::exchange(other.file_, -1)), size_(other.size_), path_(std::move(other.path_)) {}
  LockedFile& operator=(LockedFile&&) = delete;
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;
  ~LockedFile();

 private:
  explicit LockedFile(std::string path) : path_(std::move(path)) {}
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::string path_;
};

}  // namespace cascade::files
