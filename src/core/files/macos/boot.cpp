#include "files/boot.h"

#include <sys/sysctl.h>

#include <string_view>

#include "hash/content_hash.h"

namespace cascade::files {

std::uint64_t this_boot() noexcept {
  char id[64];
  std::size_t length = sizeof id;
  if (::sysctlbyname("kern.bootsessionuuid", id, &length, nullptr, 0) != 0) return 0;
  return length < 32 ? 0 : hash::hash64({id, length});
}

}  // namespace cascade::files
