#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "files/file_tail.h"
#include "files/mapped_file.h"
#include "files/posix/system.h"
#include "files/tree.h"

namespace cascade::files {

Result<MappedFile> MappedFile::open(const std::string& path) {
  // O_NONBLOCK: a named pipe must not block us.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error("cannot open", path, errno);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return system_error("cannot read", path, errno);
  if (!S_ISREG(info.st_mode)) return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  MappedFile file;
  file.stamp_ = stamp_of(info);
  if (info.st_size == 0) return file;
  const auto size = static_cast<std::size_t>(info.st_size);
  void* const data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd.get(), 0);
  if (data == MAP_FAILED) return system_error("cannot map", path, errno);
  file.data_ = static_cast<const char*>(data);
  file.size_ = size;
  return file;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

void release_pages(std::string_view mapped) noexcept {
  if (mapped.empty()) return;
  const std::uintptr_t before =
      reinterpret_cast<std::uintptr_t>(mapped.data()) % static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  ::madvise(const_cast<char*>(mapped.data()) - before, before + mapped.size(), MADV_DONTNEED);
}

Result<OpenedFile> OpenedFile::open(const std::string& path) {
  OpenedFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), 0);
  if (file.file_ < 0) return system_error("cannot read", path, errno);
  struct stat info {};
  if (::fstat(file.file_, &info) != 0 || !S_ISREG(info.st_mode))
    return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  file.size_ = static_cast<std::uint64_t>(info.st_size);
  return file;
}

std::size_t OpenedFile::fill(std::uint64_t from, char* bytes, std::size_t size) const {
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(file_, bytes + filled, size - filled, static_cast<off_t>(from + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

OpenedFile::~OpenedFile() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace cascade::files
