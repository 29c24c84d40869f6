#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "files/mapped_file.h"
#include "files/tree.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U  // Linux 6.3
#endif

// Only a program that keeps blocks defines it (cascade/small_blocks.cpp).
extern "C" [[gnu::weak]] void cascade_free_kept_blocks() noexcept;

namespace cascade::files {

const bool can_seal = true;

Result<Descriptor> memory_file() {
  const int fd = ::memfd_create("cascade", MFD_CLOEXEC);
  if (fd < 0) return system_error("cannot make", "a file in memory", errno);
  return Descriptor(fd);
}

Result<Descriptor> sealed_file(std::string_view text, bool executable) {
  constexpr const char* name = "cascade";
  const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  int fd = executable ? ::memfd_create(name, flags | MFD_EXEC) : -1;
  if (fd < 0) fd = ::memfd_create(name, flags);  // an older kernel does not know the flag and does not need it
  if (fd < 0) return system_error("cannot make", "a file in memory", errno);
  Descriptor file(fd);
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t count = ::write(fd, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return system_error("cannot write", "a file in memory", errno);
    done += static_cast<std::size_t>(count);
  }
  if (::fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0 ||
      ::lseek(fd, 0, SEEK_SET) != 0)
    return system_error("cannot seal", "a file in memory", errno);
  return file;
}

void return_kept_blocks() noexcept {
  if (&cascade_free_kept_blocks != nullptr) cascade_free_kept_blocks();
}

void return_freed_memory() noexcept {
  return_kept_blocks();
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace cascade::files
