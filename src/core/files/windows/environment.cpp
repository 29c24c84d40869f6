#include <bcrypt.h>
#include <shellapi.h>

#include "files/environment.h"
#include "files/paths.h"
#include "files/windows/sdk.h"
#include "files/windows/wide.h"

namespace cascade::files {

std::optional<std::string> variable(const char* name) {
  const std::wstring wanted = wide(name);
  ::SetLastError(ERROR_SUCCESS);
  std::wstring value(::GetEnvironmentVariableW(wanted.c_str(), nullptr, 0), L'\0');
  if (value.empty()) {
    if (::GetLastError() == ERROR_ENVVAR_NOT_FOUND) return std::nullopt;
    return std::string();
  }
  value.resize(::GetEnvironmentVariableW(wanted.c_str(), value.data(), static_cast<DWORD>(value.size())));
  return narrow(value);
}

std::string user_folder() { return from_native(variable("USERPROFILE").value_or(std::string())); }

std::vector<std::string> program_arguments(int, const char* const*) {
  int count = 0;
  LPWSTR* const words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
  std::vector<std::string> all;
  for (int i = 0; words != nullptr && i < count; ++i) all.push_back(narrow(words[i]));
  ::LocalFree(words);
  return all;
}

bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept {
  return ::BCryptGenRandom(nullptr, bytes, static_cast<ULONG>(size), BCRYPT_USE_SYSTEM_PREFERRED_RNG) == 0;
}

}  // namespace cascade::files
