#include "faults/injection.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> call_number{0}, failing_call{0}, allocation_number{0}, failing_allocation{0};
std::atomic<std::uint64_t> full_from{0};
std::atomic<bool> has_room{true};
std::atomic<int> failing_code{0};

bool is_full() noexcept { return full_from != 0 && call_number >= full_from; }

bool fails() noexcept {
  if (++call_number != failing_call) return false;
  errno = failing_code;
  return true;
}

bool fails_to_make() noexcept {
  if (fails()) return true;
  if (!is_full()) return false;
  errno = ENOSPC;
  return true;
}

// As many of `size` bytes as can be written; 0: none (errno). The standard streams are pipes, for which no disk is
// asked.
std::size_t room_for(int fd, std::size_t size) noexcept {
  if (fails()) return 0;
  if (!is_full() || fd <= 2) return size;
  if (has_room.exchange(false) && size > 1) return size / 2;
  errno = ENOSPC;
  return 0;
}

}  // namespace

namespace cascade::test {

void fail_call(std::uint64_t at, int code) noexcept {
  failing_code = code;
  failing_call = at;
  full_from = 0;
  call_number = 0;
}
void fill_disk(std::uint64_t at) noexcept {
  fail_call(0, 0);
  has_room = true;
  full_from = at;
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
#define CASCADE_WRAP_MAKING(type, name, parameters, arguments) \
  type __real_##name parameters;                               \
  type __wrap_##name parameters { return fails_to_make() ? static_cast<type>(-1) : __real_##name arguments; }

extern "C" {
CASCADE_WRAP(ssize_t, read, (int fd, void* to, size_t size), (fd, to, size))
CASCADE_WRAP(ssize_t, pread, (int fd, void* to, size_t size, off_t at), (fd, to, size, at))
CASCADE_WRAP(int, fstat, (int fd, struct stat* into), (fd, into))
CASCADE_WRAP(int, stat, (const char* path, struct stat* into), (path, into))
CASCADE_WRAP(int, fstatat, (int fd, const char* path, struct stat* into, int how), (fd, path, into, how))
CASCADE_WRAP(int, rename, (const char* from, const char* to), (from, to))
CASCADE_WRAP(int, renameat2, (int a, const char* from, int b, const char* to, unsigned how), (a, from, b, to, how))
CASCADE_WRAP(int, unlink, (const char* path), (path))
CASCADE_WRAP_MAKING(int, mkdir, (const char* path, mode_t mode), (path, mode))
CASCADE_WRAP(ssize_t, readlink, (const char* path, char* to, size_t size), (path, to, size))
CASCADE_WRAP(int, flock, (int fd, int how), (fd, how))
CASCADE_WRAP(int, ftruncate, (int fd, off_t size), (fd, size))
CASCADE_WRAP(int, fdatasync, (int fd), (fd))
CASCADE_WRAP(int, fsync, (int fd), (fd))
CASCADE_WRAP(int, futimens, (int fd, const timespec* times), (fd, times))
CASCADE_WRAP_MAKING(int, fallocate, (int fd, int how, off_t at, off_t size), (fd, how, at, size))
CASCADE_WRAP(ssize_t, getdents64, (int fd, void* to, size_t size), (fd, to, size))
CASCADE_WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode))
CASCADE_WRAP(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
CASCADE_WRAP(int, lstat, (const char* path, struct stat* into), (path, into))
CASCADE_WRAP(int, access, (const char* path, int how), (path, how))
CASCADE_WRAP(int, statfs, (const char* path, struct statfs* into), (path, into))
CASCADE_WRAP(int, rmdir, (const char* path), (path))
CASCADE_WRAP(off_t, lseek, (int fd, off_t to, int from), (fd, to, from))
CASCADE_WRAP(int, dup2, (int fd, int as), (fd, as))
CASCADE_WRAP(pid_t, fork, (), ())
CASCADE_WRAP(ssize_t, flistxattr, (int fd, char* names, size_t size), (fd, names, size))
CASCADE_WRAP(ssize_t, fgetxattr, (int fd, const char* name, void* to, size_t size), (fd, name, to, size))
CASCADE_WRAP_MAKING(int, link, (const char* from, const char* to), (from, to))
CASCADE_WRAP_MAKING(int, fsetxattr, (int fd, const char* name, const void* from, size_t size, int how),
                    (fd, name, from, size, how))

// What cannot be written whole, is written in part.
ssize_t __real_write(int fd, const void* from, size_t size);
ssize_t __wrap_write(int fd, const void* from, size_t size) {
  const std::size_t room = room_for(fd, size);
  return room == 0 && size != 0 ? -1 : __real_write(fd, from, room);
}
ssize_t __real_pwrite(int fd, const void* from, size_t size, off_t at);
ssize_t __wrap_pwrite(int fd, const void* from, size_t size, off_t at) {
  // What overwrites bytes of the file, or fills those that were reserved for it, needs no more room.
  struct stat info {};
  const bool is_inside = __real_fstat(fd, &info) == 0 && at + static_cast<off_t>(size) <= info.st_size;
  const std::size_t room = is_inside ? (fails() ? 0 : size) : room_for(fd, size);
  return room == 0 && size != 0 ? -1 : __real_pwrite(fd, from, room, at);
}
ssize_t __real_writev(int fd, const iovec* from, int count);
ssize_t __wrap_writev(int fd, const iovec* from, int count) {
  std::size_t size = 0;
  for (int i = 0; i < count; ++i) size += from[i].iov_len;
  const std::size_t room = room_for(fd, size);
  if (room == size) return __real_writev(fd, from, count);
  const iovec first{from[0].iov_base, std::min(room, from[0].iov_len)};
  return room == 0 ? -1 : __real_writev(fd, &first, 1);
}

// Closed it is, whatever the answer.
int __real_close(int fd);
int __wrap_close(int fd) {
  if (!fails()) return __real_close(fd);
  const int code = errno;
  __real_close(fd);
  errno = code;
  return -1;
}

int __real_posix_fallocate(int fd, off_t at, off_t size);  // returns its error
int __wrap_posix_fallocate(int fd, off_t at, off_t size) {
  return fails_to_make() ? errno : __real_posix_fallocate(fd, at, size);
}

DIR* __real_opendir(const char* path);
DIR* __wrap_opendir(const char* path) { return fails() ? nullptr : __real_opendir(path); }
dirent* __real_readdir(DIR* folder);
dirent* __wrap_readdir(DIR* folder) { return fails() ? nullptr : __real_readdir(folder); }

int __real_fcntl(int fd, int what, ...);
int __wrap_fcntl(int fd, int what, ...) {
  va_list rest;
  va_start(rest, what);
  void* const argument = va_arg(rest, void*);
  va_end(rest);
  return fails() ? -1 : __real_fcntl(fd, what, argument);
}

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long with[6];
  for (long& argument : with) argument = va_arg(rest, long);
  va_end(rest);
  return fails() ? -1 : __real_syscall(number, with[0], with[1], with[2], with[3], with[4], with[5]);
}

int __real_openat(int folder, const char* path, int how, ...);
int __wrap_openat(int folder, const char* path, int how, ...) {
  va_list rest;
  va_start(rest, how);
  const mode_t mode = (how & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  const bool making = (how & O_CREAT) != 0;
  return (making ? fails_to_make() : fails()) ? -1 : __real_openat(folder, path, how, mode);
}

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
  // A full disk keeps no new file; to open one that is there needs no room.
  const bool making = (how & O_CREAT) != 0 && __real_access(path, F_OK) != 0;
  return (making ? fails_to_make() : fails()) ? -1 : __real_open(path, how, mode);
}
}
