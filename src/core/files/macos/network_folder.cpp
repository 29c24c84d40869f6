#include "files/folder.h"

#include <sys/mount.h>
#include <sys/param.h>

namespace cascade::files {

bool is_on_network(const std::string& folder) noexcept {
  struct statfs found {};
  return ::statfs(folder.c_str(), &found) == 0 && (found.f_flags & MNT_LOCAL) == 0;
}

}  // namespace cascade::files
