#include "files/random_bytes.h"

#include "files/windows/sdk.h"

#include <bcrypt.h>

namespace cascade::files {

bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept {
  return ::BCryptGenRandom(nullptr, bytes, static_cast<ULONG>(size), BCRYPT_USE_SYSTEM_PREFERRED_RNG) == 0;
}

}  // namespace cascade::files
