#include "files/own_file.h"

#include <dlfcn.h>

#include "files/tree.h"

namespace cascade::files {

std::string own_file() {
  const DiskTree tree;
  const auto program = tree.real_path("/proc/self/exe");
  Dl_info found{};
  // For a program the loader repeats its first argument, which need not be a path.
  if (dladdr(reinterpret_cast<const void*>(&own_file), &found) != 0 && found.dli_fname != nullptr) {
    const auto library = tree.real_path(found.dli_fname);
    if (library && library->find(".so") != std::string::npos) return *library;
  }
  return program.value_or(std::string());
}

}  // namespace cascade::files
