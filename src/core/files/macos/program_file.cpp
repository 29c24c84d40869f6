#include "files/program_path.h"

#include <mach-o/dyld.h>

#include <cstdint>

#include "files/tree.h"

namespace cascade::files {

std::string program_file() {
  std::uint32_t size = 0;
  ::_NSGetExecutablePath(nullptr, &size);  // says how long it is
  std::string path(size, '\0');
  if (size == 0 || ::_NSGetExecutablePath(path.data(), &size) != 0) return {};
  path.resize(path.find('\0'));
  return DiskTree().real_path(path).value_or(std::string());
}

}  // namespace cascade::files
