// Opens files and folders, and says what they are. For files/windows only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/atomic_write.h"
#include "files/tree.h"
#include "files/windows/wide.h"

// A handle of the system, closed by its owner. For files/windows only.

namespace cascade::files {

// Holds what a call returned, including a failure. Closing releases the locks taken through it.
class Handle {
 public:
  Handle() noexcept = default;
  explicit Handle(HANDLE handle) noexcept : handle_(handle) {}
  Handle(Handle&& other) noexcept : handle_(other.release()) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() {
    if (is_open()) ::CloseHandle(handle_);
  }
  bool is_open() const noexcept { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
  HANDLE get() const noexcept { return handle_; }
  HANDLE release() noexcept { return std::exchange(handle_, INVALID_HANDLE_VALUE); }

 private:
  HANDLE handle_ = INVALID_HANDLE_VALUE;
};

// Our headers keep a descriptor in an int. Handles have 32 bits that count, and -1 is none.
inline int number_of(HANDLE handle) noexcept { return static_cast<int>(reinterpret_cast<std::intptr_t>(handle)); }
inline HANDLE handle_of(int number) noexcept {
  return reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(number));  // NOLINT(performance-no-int-to-ptr)
}

inline int last_code() noexcept { return static_cast<int>(::GetLastError()); }

// Each leaves the reason of a failure in GetLastError().

constexpr DWORD sharing = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

// A file or a folder that exists; links are followed.
Handle open_there(const std::string& path, DWORD access = GENERIC_READ);
// The same of a link itself.
Handle open_itself(const std::string& path, DWORD access = GENERIC_READ);
// Opens a file of ours or makes one; never through a link. mode as for open(2): see Access.
Handle open_ours(const std::string& path, DWORD access, DWORD creation, unsigned mode, DWORD share = sharing);
// Opens what lies below an open folder; `name` may have back slashes, but no "..". `options` as for NtCreateFile().
Handle open_at(HANDLE folder, const std::wstring& name, DWORD access, ULONG options);

struct Looked {
  Stamp stamp;
  bool link = false;  // or another name for something elsewhere, as a junction; only open_itself() finds one
  bool read_only = false;
  std::uint64_t volume = 0, links = 0;
};
bool look(HANDLE file, Looked& looked);
// Of a path, following links.
bool look(const std::string& path, Looked& looked);

// Fills up to `size` bytes from `from` on and sets `filled`; false: it could not be read.
bool read_at(HANDLE file, std::uint64_t from, char* bytes, std::size_t size, std::size_t& filled);
bool write_all(HANDLE file, std::string_view bytes);  // from where it stands

// Adds the entries of an open folder, unsorted, without "." and "..", until there are more than `most`.
bool list(HANDLE folder, std::vector<Entry>& entries, std::size_t most = SIZE_MAX);

FILETIME file_time(std::int64_t nanoseconds);  // since 1970; the system keeps steps of 100

// Who may open what we make, and whose a file is. For files/windows only.

// What a mode of open(2) asks for: if it gives others nothing, a list that names this user, the system and
// administrators alone; otherwise what the folder passes on.
class Access {
 public:
  explicit Access(unsigned mode);
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;
  ~Access();

  SECURITY_ATTRIBUTES* attributes() const { return list_ == nullptr ? nullptr : &attributes_; }

 private:
  void* list_ = nullptr;
  mutable SECURITY_ATTRIBUTES attributes_{};
};

// Whether this user owns the file, or the group in whose name the user's files are made. False also where the system
// does not say; then GetLastError() is not 0.
bool owns(HANDLE file);

// Gives and takes names of files that others may have open or mapped. For files/windows only.

// Gives the open file the name `to` in one step, replacing what has it, even if somebody has that open or mapped. False
// also where the file system cannot. `file` was opened with DELETE among its rights.
bool rename_at_once(HANDLE file, const std::string& to);
// The same; where it cannot be done in one step, the old file is moved aside first, so for a moment there is none.
// Waits a second at most for somebody who has it open and shares nothing. `from` is the open file's name.
bool rename_over(HANDLE file, const std::string& from, const std::string& to);

// Takes the name of a file or a link away at once; who has it open keeps it.
bool unlink(const std::string& path);

// Makes a new file that will take the name of another. For files/windows only.

// Opens it for reading, writing and renaming, after removing one of this name that a killed process left. A failure
// leaves its reason in GetLastError().
Handle open_new(const std::string& path, unsigned mode);

// On a file system that cannot keep the time, the file counts as unsealed and is checked when it is read.
void set_modified(HANDLE file, std::int64_t modified_ns);

// False: the bytes could not be brought to the disk.
bool seal_file(HANDLE file, const Seal& seal);

}  // namespace cascade::files
