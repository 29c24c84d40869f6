#include "files/program_path.h"

#include "files/tree.h"
#include "files/windows/sdk.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

std::string file_of(HMODULE module) {
  std::wstring path(512, L'\0');
  while (true) {
    const DWORD length = ::GetModuleFileNameW(module, path.data(), static_cast<DWORD>(path.size()));
    if (length == 0) return {};
    if (length < path.size()) {
      path.resize(length);
      const std::string inner = inner_path(path);
      return DiskTree().real_path(inner).value_or(inner);
    }
    path.resize(path.size() * 2);
  }
}

}  // namespace

std::string program_file() { return file_of(nullptr); }

std::string own_file() {
  HMODULE module = nullptr;
  constexpr DWORD how = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  return ::GetModuleHandleExW(how, reinterpret_cast<LPCWSTR>(&own_file), &module) == 0 ? std::string()
                                                                                       : file_of(module);
}

}  // namespace cascade::files
