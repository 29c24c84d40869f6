#include "files/boot.h"

namespace cascade::files {

// The page that the kernel shows every process at this address counts the starts of the machine (ntddk.h,
// KUSER_SHARED_DATA::BootId), since Windows 10; before it, 0 stands there.
std::uint64_t this_boot() noexcept {
  constexpr std::uintptr_t place = 0x7FFE'0000 + 0x2C4;
  return *reinterpret_cast<const volatile std::uint32_t*>(place);  // NOLINT(performance-no-int-to-ptr)
}

}  // namespace cascade::files
