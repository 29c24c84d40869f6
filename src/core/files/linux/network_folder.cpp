#include "files/folder.h"

#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace cascade::files {

bool is_on_network(const std::string& folder) noexcept {
  struct statfs found {};
  if (::statfs(folder.c_str(), &found) != 0) return false;
  // statfs(2) and linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, Ceph, AFS, Coda, GFS2, OCFS2, Lustre, FUSE.
  constexpr std::array<std::uint32_t, 12> types = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                                   0x01021997, 0x00C36400, 0x5346414F, 0x73757245,
                                                   0x01161970, 0x7461636F, 0x0BD00BD0, 0x65735546};
  return std::find(types.begin(), types.end(), static_cast<std::uint32_t>(found.f_type)) != types.end();
}

}  // namespace cascade::files
