#include "files/temporary_folder.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "files/paths.h"
#include "files/system_error.h"

namespace cascade::files {

Result<TemporaryFolder> TemporaryFolder::make() {
  const char* given = std::getenv("TMPDIR");
  std::string path = given != nullptr && given[0] == '/' ? given : "/tmp";
  path = join(path, "cascade-XXXXXX");  // macOS ends TMPDIR with a slash
  if (::mkdtemp(path.data()) == nullptr) return system_error("cannot make", path, errno);
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace cascade::files
