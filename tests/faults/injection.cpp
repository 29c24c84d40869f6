#include "faults/injection.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> call_number{0}, failing_call{0}, allocation_number{0}, failing_allocation{0};
std::atomic<int> failing_code{0};

bool fails() noexcept {
  if (++call_number != failing_call) return false;
  errno = failing_code;
  return true;
}

}  // namespace

namespace cascade::test {

void fail_call(std::uint64_t at, int code) noexcept {
  failing_code = code;
  failing_call = at;
  call_number = 0;
}
void fail_allocation(std::uint64_t at) noexcept {
  failing_allocation = at;
  allocation_number = 0;
}
std::uint64_t calls() noexcept { return call_number; }
std::uint64_t allocations() noexcept { return allocation_number; }

}  // namespace cascade::test

void* operator new(std::size_t size) {
  if (++allocation_number == failing_allocation) throw std::bad_alloc();
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

#define CASCADE_WRAP(type, name, parameters, arguments) \
  type __real_##name parameters;                        \
  type __wrap_##name parameters { return fails() ? static_cast<type>(-1) : __real_##name arguments; }

extern "C" {
CASCADE_WRAP(ssize_t, read, (int fd, void* to, size_t size), (fd, to, size))
CASCADE_WRAP(ssize_t, pread, (int fd, void* to, size_t size, off_t at), (fd, to, size, at))
CASCADE_WRAP(ssize_t, write, (int fd, const void* from, size_t size), (fd, from, size))
CASCADE_WRAP(ssize_t, pwrite, (int fd, const void* from, size_t size, off_t at), (fd, from, size, at))
CASCADE_WRAP(ssize_t, writev, (int fd, const iovec* from, int count), (fd, from, count))
CASCADE_WRAP(int, fstat, (int fd, struct stat* into), (fd, into))
CASCADE_WRAP(int, stat, (const char* path, struct stat* into), (path, into))
CASCADE_WRAP(int, fstatat, (int fd, const char* path, struct stat* into, int how), (fd, path, into, how))
CASCADE_WRAP(int, rename, (const char* from, const char* to), (from, to))
CASCADE_WRAP(int, renameat2, (int a, const char* from, int b, const char* to, unsigned how), (a, from, b, to, how))
CASCADE_WRAP(int, unlink, (const char* path), (path))
CASCADE_WRAP(int, mkdir, (const char* path, mode_t mode), (path, mode))
CASCADE_WRAP(ssize_t, readlink, (const char* path, char* to, size_t size), (path, to, size))
CASCADE_WRAP(int, flock, (int fd, int how), (fd, how))
CASCADE_WRAP(int, ftruncate, (int fd, off_t size), (fd, size))
CASCADE_WRAP(int, fdatasync, (int fd), (fd))
CASCADE_WRAP(int, fsync, (int fd), (fd))
CASCADE_WRAP(int, futimens, (int fd, const timespec* times), (fd, times))
CASCADE_WRAP(int, fallocate, (int fd, int how, off_t at, off_t size), (fd, how, at, size))
CASCADE_WRAP(ssize_t, getdents64, (int fd, void* to, size_t size), (fd, to, size))
CASCADE_WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode))
CASCADE_WRAP(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group))

char* __real_realpath(const char* path, char* into);
char* __wrap_realpath(const char* path, char* into) { return fails() ? nullptr : __real_realpath(path, into); }

void* __real_mmap(void* at, size_t size, int protection, int how, int fd, off_t from);
void* __wrap_mmap(void* at, size_t size, int protection, int how, int fd, off_t from) {
  return fails() ? MAP_FAILED : __real_mmap(at, size, protection, how, fd, from);
}

int __real_open(const char* path, int how, ...);
int __wrap_open(const char* path, int how, ...) {
  va_list rest;
  va_start(rest, how);
  const mode_t mode = (how & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return fails() ? -1 : __real_open(path, how, mode);
}
}
