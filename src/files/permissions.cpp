#include "files/permissions.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "files/system_error.h"

namespace cascade::files {

Result<Permissions> permissions(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return system_error("cannot read", path, errno);
  return Permissions{static_cast<std::uint32_t>(info.st_mode) & 07777, info.st_uid, info.st_gid};
}

Result<void> set_permissions(const std::string& path, const Permissions& permissions) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return system_error("cannot read", path, errno);
  // Giving a file away is root's to do; where it fails, the file is its writer's as every new one.
  const bool foreign = info.st_uid != permissions.owner || info.st_gid != permissions.group;
  if (foreign && ::chown(path.c_str(), permissions.owner, permissions.group) != 0) errno = 0;
  if (::chmod(path.c_str(), permissions.mode) == 0) return {};
  Error error = system_error("cannot set the mode of", path, errno);
  error.code = ErrorCode::unwritable;
  return error;
}

}  // namespace cascade::files
