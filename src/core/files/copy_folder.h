// Copies a folder with everything in it.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

namespace cascade::files {

struct CopyLimits {
  std::uint64_t bytes = std::uint64_t{4} << 30;
  std::uint64_t entries = 400'000;
  std::size_t depth = 64;
};

// Copies what is in the folder `from` into the empty folder `to`: files with their permissions and times, links as
// links. Devices, pipes and sockets are left out. unsupported: more than `limits`; unreadable, unwritable.
Result<void> copy_folder(const std::string& from, const std::string& to, const CopyLimits& limits = {});

}  // namespace cascade::files
