// Converts the result of stat(2) to a Stamp; systems call its times by other names. For files/ only.
#pragma once

#include <sys/stat.h>

#include "files/tree.h"

namespace cascade::files {

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
