// Who may do what with a file, kept when the file is replaced.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

namespace cascade::files {

struct Permissions {
  std::uint32_t mode = 0644;  // the lower 12 bits
  std::uint32_t owner = 0, group = 0;

  bool read_only() const { return (mode & 0222) == 0; }
};

// Links are followed. not_found, unreadable.
Result<Permissions> permissions(const std::string& path);

// The mode, and as far as the process may the owner and group. unwritable when the mode cannot be set.
Result<void> set_permissions(const std::string& path, const Permissions& permissions);

}  // namespace cascade::files
