// What systems do alike but call by other names: files/linux and files/macos define it. For files/posix and these only.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::files::system {

// Each returns what the system's own call would, with errno, if nothing else is said.

// Exchanges the two names; false also where the file system cannot.
bool exchange_names(const std::string& one, const std::string& other);
// The bytes of the file reach the disk; its times need not.
bool flush_bytes(int file);
// Reserves space for a large file in one call, where that makes writing it faster; otherwise does nothing.
void make_room(int file, off_t size);
// Makes the file so long, on space that is there. An error's number, or 0.
int reserve(int file, off_t size);
// Copies access lists, labels and the user's own attributes. Those that the file system or our rights do not allow are
// left out.
void copy_attributes(int from, int to);

// Adds the entries of an open folder, unsorted, without "." and "..".
bool list(int folder, std::vector<Entry>& entries);
// Opens a file for reading if the system can ensure in one step that no link leads out of `root`; -1: it cannot, or the
// file does not exist. A link to an absolute path is refused too, wherever it leads.
int open_below(const std::string& root, const std::string& path);

// Neither end survives an exec.
bool open_pipe(int ends[2]);
// A program to be spawned gets no descriptor of `first` or above. Returns flags for posix_spawn().
int close_others(posix_spawn_file_actions_t& actions, int first);
// Neither waits nor survives an exec.
int open_stream_socket();
int accept_caller(int listener);

// "EXDEV", or what else the system calls an error.
std::string error_name(int code);

}  // namespace cascade::files::system

// What a folder says of an entry, as an Entry. For files/ only.
namespace cascade::files {

inline EntryType type_of(unsigned char type) noexcept {
  switch (type) {
    case DT_REG: return EntryType::file;
    case DT_DIR: return EntryType::directory;
    case DT_LNK: return EntryType::link;
    default: return EntryType::other;
  }
}

// Adds an entry of that name and type, unless it is "." or ".."; false: its type cannot be determined (errno).
inline bool add_entry(int folder, const char* name, unsigned char reported, std::vector<Entry>& entries) {
  const std::string_view word = name;
  if (word == "." || word == "..") return true;
  EntryType type = type_of(reported);
  if (reported == DT_UNKNOWN) {  // some file systems do not report the type
    struct stat info {};
    if (::fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
      type = type_of(IFTODT(info.st_mode));
    else if (errno != ENOENT)
      return false;
  }
  entries.push_back({std::string(word), type});
  return true;
}

// Converts the result of stat(2) to a Stamp; systems call its times by other names. For files/ only.
#ifdef __APPLE__
inline timespec read_at(const struct stat& info) noexcept { return info.st_atimespec; }
inline timespec modified_at(const struct stat& info) noexcept { return info.st_mtimespec; }
inline timespec changed_at(const struct stat& info) noexcept { return info.st_ctimespec; }
#else
inline timespec read_at(const struct stat& info) noexcept { return info.st_atim; }
inline timespec modified_at(const struct stat& info) noexcept { return info.st_mtim; }
inline timespec changed_at(const struct stat& info) noexcept { return info.st_ctim; }
#endif

inline Stamp stamp_of(const struct stat& info) noexcept {
  const auto nanoseconds = [](const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
  };
  return {static_cast<std::uint64_t>(info.st_size),
          static_cast<std::uint64_t>(info.st_ino),
          nanoseconds(modified_at(info)),
          nanoseconds(changed_at(info)),
          S_ISDIR(info.st_mode),
          S_ISREG(info.st_mode) && (info.st_mode & S_IXUSR) != 0};
}

}  // namespace cascade::files
