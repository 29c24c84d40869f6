// Converts the result of stat(2) to a Stamp. For files/ only.
#pragma once

#include <sys/stat.h>

#include "files/tree.h"

namespace cascade::files {

inline Stamp stamp_of(const struct stat& info) noexcept {
  const auto nanoseconds = [](const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
  };
  return {static_cast<std::uint64_t>(info.st_size),
          static_cast<std::uint64_t>(info.st_ino),
          nanoseconds(info.st_mtim),
          nanoseconds(info.st_ctim),
          S_ISDIR(info.st_mode),
          S_ISREG(info.st_mode) && (info.st_mode & S_IXUSR) != 0};
}

}  // namespace cascade::files
