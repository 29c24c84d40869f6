#include <copyfile.h>
#include <dirent.h>
#include <fcntl.h>
#include <mach-o/dyld.h>
#include <sys/mount.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

#include "files/folder.h"
#include "files/mapped_file.h"
#include "files/posix/system.h"
#include "files/process.h"
#include "files/tree.h"

namespace cascade::files::system {

bool exchange_names(const std::string& one, const std::string& other) {
  return ::renamex_np(one.c_str(), other.c_str(), RENAME_SWAP) == 0;
}

// fsync() leaves the bytes in the drive; a barrier keeps their order even if the power fails.
bool flush_bytes(int file) { return ::fcntl(file, F_BARRIERFSYNC) == 0 || ::fsync(file) == 0; }

void make_room(int, off_t) {}

int reserve(int file, off_t size) {
  struct stat info {};
  if (::fstat(file, &info) != 0) return errno;
  if (info.st_size >= size) return 0;
  fstore_t store{};
  store.fst_flags = F_ALLOCATEALL;
  store.fst_posmode = F_PEOFPOSMODE;
  store.fst_length = size - info.st_size;
  if (::fcntl(file, F_PREALLOCATE, &store) != 0 && errno != ENOTSUP) return errno;
  return ::ftruncate(file, size) == 0 ? 0 : errno;
}

void copy_attributes(int from, int to) {
  static_cast<void>(::fcopyfile(from, to, nullptr, COPYFILE_ACL | COPYFILE_XATTR));
}

bool list(int folder, std::vector<Entry>& entries) {
  const int own = ::fcntl(folder, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return false;
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own), ::closedir);
  if (stream == nullptr) {
    const int code = errno;
    ::close(own);
    errno = code;
    return false;
  }
  ::rewinddir(stream.get());
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    if (!add_entry(folder, entry->d_name, entry->d_type, entries)) return false;
    errno = 0;
  }
  return errno == 0;
}

// The caller resolves the path and compares it first.
int open_below(const std::string&, const std::string&) { return -1; }

namespace {

// A program that another thread starts between the two calls keeps the descriptor: run_program() closes what it must
// not pass on.
bool close_on_exec(int descriptor) { return ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0; }

int make_quick(int socket) {
  if (socket < 0) return socket;
  const int on = 1;  // a reader that went away is a failed write, as MSG_NOSIGNAL says elsewhere
  ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
  if (close_on_exec(socket) && ::fcntl(socket, F_SETFL, O_NONBLOCK) == 0) return socket;
  ::close(socket);
  return -1;
}

}  // namespace

bool open_pipe(int ends[2]) {
  if (::pipe(ends) != 0) return false;
  if (close_on_exec(ends[0]) && close_on_exec(ends[1])) return true;
  const int code = errno;
  ::close(ends[0]);
  ::close(ends[1]);
  errno = code;
  return false;
}

// Closes what no action has put there.
int close_others(posix_spawn_file_actions_t&, int) { return POSIX_SPAWN_CLOEXEC_DEFAULT; }

int open_stream_socket() { return make_quick(::socket(AF_INET, SOCK_STREAM, 0)); }

int accept_caller(int listener) { return make_quick(::accept(listener, nullptr, nullptr)); }

std::string error_name(int code) {
  char words[128];
  return ::strerror_r(code, words, sizeof words) == 0 ? words : "system error " + std::to_string(code);
}

}  // namespace cascade::files::system

namespace cascade::files {

bool is_on_network(const std::string& folder) noexcept {
  struct statfs found {};
  return ::statfs(folder.c_str(), &found) == 0 && (found.f_flags & MNT_LOCAL) == 0;
}

std::string program_file() {
  std::uint32_t size = 0;
  ::_NSGetExecutablePath(nullptr, &size);  // says how long it is
  std::string path(size, '\0');
  if (size == 0 || ::_NSGetExecutablePath(path.data(), &size) != 0) return {};
  path.resize(path.find('\0'));
  return DiskTree().real_path(path).value_or(std::string());
}

// The heap gives back what is free by itself, and no blocks are kept.
void return_kept_blocks() noexcept {}
void return_freed_memory() noexcept {}

}  // namespace cascade::files
