// A disk that is full while this lives: programs that are linked with -Wl,--wrap=pwrite64, as SQLite writes.
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <cstddef>

namespace cascade::test {

struct FullDisk {
  inline static long writes_left = -1;  // below 0: as many as are wanted
  explicit FullDisk(long writes) { writes_left = writes; }
  ~FullDisk() { writes_left = -1; }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
};

}  // namespace cascade::test

extern "C" ssize_t __real_pwrite64(int file, const void* bytes, std::size_t size, long at);
extern "C" inline ssize_t __attribute__((used))
__wrap_pwrite64(int file, const void* bytes, std::size_t size, long at) {
  if (cascade::test::FullDisk::writes_left == 0) {
    errno = ENOSPC;
    return -1;
  }
  if (cascade::test::FullDisk::writes_left > 0) --cascade::test::FullDisk::writes_left;
  return __real_pwrite64(file, bytes, size, at);
}
