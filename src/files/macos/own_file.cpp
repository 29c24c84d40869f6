#include "files/own_file.h"

#include <dlfcn.h>
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

std::string own_file() {
  Dl_info found{};
  if (dladdr(reinterpret_cast<const void*>(&own_file), &found) != 0 && found.dli_fname != nullptr) {
    const auto library = DiskTree().real_path(found.dli_fname);
    if (library && library->find(".dylib") != std::string::npos) return *library;
  }
  return program_file();
}

}  // namespace cascade::files
