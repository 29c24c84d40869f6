// One writer at a time: an advisory lock on a file next to the one that is written.
#pragma once

#include <cstdint>
#include <string>

namespace cascade::files {

// Taken at once or not at all; held while the object lives. The system releases the lock of a process that dies. The
// lock file stays: removing it would let two writers lock different files of the same name.
class FileLock {
 public:
  enum class State : std::uint8_t { held, taken, failed };  // failed: it cannot be opened or locked, see error()

  explicit FileLock(const std::string& path);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  State state() const noexcept { return state_; }
  int error() const noexcept { return error_; }  // what the system says of the failure, for system_error()

 private:
  int descriptor_ = -1;
  State state_ = State::failed;
  int error_ = 0;
};

// A lock that many may hold for reading or one for writing. The constructor waits for it; if it could be taken, it is
// held while the object lives.
class SharedLock {
 public:
  enum class Kind : std::uint8_t { shared, alone };
  SharedLock(const std::string& path, Kind kind, int patience_ms);
  SharedLock(const SharedLock&) = delete;
  SharedLock& operator=(const SharedLock&) = delete;
  ~SharedLock();

  bool is_held() const noexcept { return held_; }

 private:
  int descriptor_ = -1;
  bool held_ = false;
};

// Whether the folder's file system has locks of byte ranges, as SQLite takes them; some network folders have none.
// Tried on a file of its own, which is removed. True if it cannot be told.
bool has_locks(const std::string& folder) noexcept;

}  // namespace cascade::files
