// One writer at a time: an advisory lock on a file next to the one that is written.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::files {

// Held while the object lives, by many for reading or by one for writing. The system releases the lock of a process
// that dies. The lock file stays: removing it would let two writers lock different files of the same name.
class FileLock {
 public:
  enum class State : std::uint8_t { held, taken, failed };  // failed: it cannot be opened or locked, see error()
  enum class Kind : std::uint8_t { shared, alone };

  explicit FileLock(const std::string& path) : FileLock(path, Kind::alone, 0) {}  // at once or not at all
  FileLock(const std::string& path, Kind kind, int patience_ms);                  // waits for it
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  State state() const noexcept { return state_; }
  bool is_held() const noexcept { return state_ == State::held; }
  int error() const noexcept { return error_; }  // what the system says of the failure, for system_error()

 private:
  int descriptor_ = -1;
  State state_ = State::failed;
  int error_ = 0;
};

// Whether the folder's file system has locks of byte ranges, as SQLite takes them; some network folders have none.
// Tried on a file of its own, which is removed. True if it cannot be told.
bool has_locks(const std::string& folder) noexcept;

// A file that this process alone may change. For files/ only.
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
  ~LockedFile();

 private:
  explicit LockedFile(std::string path) : path_(std::move(path)) {}
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::string path_;
};

// For a file of lines that several processes append to: takes an exclusive lock on it, reads it whole, asks `line` for
// a line to add (without line end; empty: none), and appends it with one write. A last line that a killed writer left
// without its end is ended first. The file is created with mode 0600; folders must exist. A file larger than max_bytes
// is first replaced, under the same lock, by the result of `shorten` (by nothing if that is still too large). Waits at
// most two seconds for other writers, which hold the lock for one read and one write. unwritable, unreadable.
Result<void> extend_log(const std::string& path, std::uint64_t max_bytes,
                        const std::function<std::string(std::string_view content)>& line,
                        const std::function<std::string(std::string_view content)>& shorten);

}  // namespace cascade::files
