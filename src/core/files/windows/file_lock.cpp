// Locks on a byte far behind the end of a file, so that they keep nobody from reading it. For files/windows only.
#include "files/file_lock.h"
#include "files/process.h"
#include "files/tree.h"
#include "files/windows/open.h"

namespace cascade::files {

// Takes the lock at once or not at all. It goes with the handle.
inline bool lock_range(HANDLE file, bool alone) {
  OVERLAPPED place{};
  place.OffsetHigh = 0x4000'0000;
  const DWORD how = LOCKFILE_FAIL_IMMEDIATELY | (alone ? LOCKFILE_EXCLUSIVE_LOCK : 0);
  return ::LockFileEx(file, how, 0, 1, 0, &place) != 0;
}

namespace {

int open_lock(const std::string& path) {
  return number_of(open_ours(path, GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS, 0600).release());
}

}  // namespace

FileLock::FileLock(const std::string& path, Kind kind, int patience_ms) : descriptor_(open_lock(path)) {
  constexpr int pause_ms = 2;
  if (descriptor_ == -1) {
    error_ = last_code();
    return;
  }
  for (int waited = 0;; waited += pause_ms) {
    state_ = lock_range(handle_of(descriptor_), kind == Kind::alone) ? State::held : State::taken;
    if (is_held() || waited >= patience_ms) return;
    ::Sleep(pause_ms);
  }
}

FileLock::~FileLock() {
  if (descriptor_ != -1) ::CloseHandle(handle_of(descriptor_));
}

bool has_locks(const std::string&) noexcept { return true; }

namespace {

// False after two seconds: a process that holds the lock that long was probably stopped.
bool lock(HANDLE file) {
  const std::int64_t end = milliseconds_since_boot() + 2'000;
  while (!lock_range(file, true)) {
    if (::GetLastError() != ERROR_LOCK_VIOLATION || milliseconds_since_boot() >= end) return false;
    ::Sleep(1);
  }
  return true;
}

}  // namespace

// The file may be replaced or removed while waiting.
Result<LockedFile> LockedFile::open(const std::string& path) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    LockedFile file(path);
    file.file_ = number_of(open_ours(path, GENERIC_READ | FILE_APPEND_DATA, OPEN_ALWAYS, 0600).release());
    if (file.file_ == -1 || !lock(handle_of(file.file_))) return unwritable("cannot write", path, last_code());
    Looked own, named;
    if (!look(handle_of(file.file_), own)) return unwritable("cannot write", path, last_code());
    file.size_ = own.stamp.size;
    if (look(path, named) && named.stamp.inode == own.stamp.inode && named.volume == own.volume) return file;
  }
  return Error{ErrorCode::unwritable, "is replaced all the time", path, ""};
}

Result<void> LockedFile::read(std::string& content) const {
  std::size_t filled = 0;
  if (!read_at(handle_of(file_), 0, content.data(), content.size(), filled))
    return system_error("cannot read", path_, last_code());
  content.resize(filled);
  return {};
}

Result<void> LockedFile::append(std::string_view bytes) const {
  return write_all(handle_of(file_), bytes) ? Result<void>() : unwritable("cannot write", path_, last_code());
}

// Where a locked file cannot be replaced, it is written anew: nobody else writes meanwhile.
Result<void> LockedFile::replace(std::string_view bytes) const {
  const std::string temporary = path_ + "." + std::to_string(own_process()) + ".new";
  {
    const Handle file = open_new(temporary, 0600);
    const bool written = file.is_open() && write_all(file.get(), bytes);
    if (written && rename_at_once(file.get(), path_)) return {};
    const int code = last_code();
    unlink(temporary);
    if (!written) return unwritable("cannot write", path_, code);
  }
  const Handle same = open_ours(path_, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING, 0600);
  if (same.is_open() && write_all(same.get(), bytes) && ::SetEndOfFile(same.get()) != 0) return {};
  return unwritable("cannot write", path_, last_code());
}

LockedFile::~LockedFile() {
  if (file_ != -1) ::CloseHandle(handle_of(file_));
}

}  // namespace cascade::files
