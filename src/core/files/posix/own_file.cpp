#include "files/program_path.h"

#include <dlfcn.h>

#include "files/tree.h"

namespace cascade::files {

std::string own_file() {
  Dl_info found{};
  // For a program, the loader repeats its first argument, which need not be a path.
  if (dladdr(reinterpret_cast<const void*>(&own_file), &found) != 0 && found.dli_fname != nullptr) {
    const auto library = DiskTree().real_path(found.dli_fname);
    for (const char* ending : {".so", ".dylib"})
      if (library && library->find(ending) != std::string::npos) return *library;
  }
  return program_file();
}

}  // namespace cascade::files
