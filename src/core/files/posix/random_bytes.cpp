#include "files/random_bytes.h"

#include <fcntl.h>
#include <unistd.h>

#include "files/descriptor.h"

namespace cascade::files {

bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept {
  const Descriptor source(::open("/dev/urandom", O_RDONLY | O_CLOEXEC));
  return source.get() >= 0 && ::read(source.get(), bytes, size) == static_cast<ssize_t>(size);
}

}  // namespace cascade::files
