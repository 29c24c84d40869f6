#include "files/stat_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "files/posix/stamp.h"
#include "files/system_error.h"

namespace cascade::files {

Result<StatFolder> StatFolder::open(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_error("cannot open", folder, errno);
  return StatFolder(descriptor);
}

StatFolder::StatFolder(StatFolder&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

StatFolder& StatFolder::operator=(StatFolder&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

StatFolder::~StatFolder() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Stamp> StatFolder::look(const char* relative) const noexcept {
  struct stat info {};
  if (::fstatat(descriptor_, relative, &info, 0) != 0) return std::nullopt;
  return stamp_of(info);
}

std::optional<StatFolder> StatFolder::below(const char* relative) const noexcept {
  const int descriptor = ::openat(descriptor_, relative, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  return StatFolder(descriptor);
}

}  // namespace cascade::files
