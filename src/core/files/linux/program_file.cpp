#include "files/program_path.h"

#include <sys/auxv.h>
#include <unistd.h>

#include "files/tree.h"

namespace cascade::files {

std::string program_file() {
  std::string path(4096, '\0');
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  path.resize(length > 0 && static_cast<std::size_t>(length) < path.size() ? static_cast<std::size_t>(length) : 0);
  if (!path.empty()) return path;
  // Without /proc: the path that started the program.
  const auto* started = reinterpret_cast<const char*>(getauxval(AT_EXECFN));  // NOLINT(performance-no-int-to-ptr)
  return started == nullptr ? path : DiskTree().real_path(started).value_or(path);
}

}  // namespace cascade::files
