#include "files/network_folder.h"

#include "files/windows/sdk.h"
#include "files/windows/wide.h"

namespace cascade::files {

bool is_on_network(const std::string& folder) noexcept {
  const std::wstring path = plain_path(folder);
  if (path.rfind(L"\\\\", 0) == 0) return true;
  return path.size() >= 3 && ::GetDriveTypeW(path.substr(0, 3).c_str()) == DRIVE_REMOTE;
}

}  // namespace cascade::files
