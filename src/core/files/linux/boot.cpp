#include "files/boot.h"

#include <fcntl.h>
#include <unistd.h>

#include <string_view>

#include "hash/content_hash.h"

namespace cascade::files {

std::uint64_t this_boot() noexcept {
  const int fd = ::open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);  // random(4)
  if (fd < 0) return 0;
  char id[64];
  const ssize_t length = ::read(fd, id, sizeof id);
  ::close(fd);
  return length < 32 ? 0 : hash::hash64({id, static_cast<std::size_t>(length)});
}

}  // namespace cascade::files
