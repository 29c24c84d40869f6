#include <bcrypt.h>
#include <shellapi.h>

#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
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

namespace {

constexpr int quota_exceeded = 1295;  // ERROR_DISK_QUOTA_EXCEEDED, not in every SDK

// The system's own texts are in the user's language; these are the same everywhere.
std::string describe(int code) {
  switch (code) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND: return "no such file or folder";
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME: return "no file can have this name";
    case ERROR_DIRECTORY: return "not a folder";
    case ERROR_ACCESS_DENIED: return "permission denied";
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_USER_MAPPED_FILE: return "another program is using it";
    case ERROR_CANT_RESOLVE_FILENAME: return "too many symbolic links";
    case ERROR_CANT_ACCESS_FILE: return "is a link, not followed";
    case ERROR_PRIVILEGE_NOT_HELD: return "Windows lets this user make no symbolic links";
    case ERROR_WRITE_PROTECT: return "read-only file system";
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL: return "no space left";
    case quota_exceeded: return "disk quota exceeded";
    case ERROR_FILENAME_EXCED_RANGE: return "the name is too long";
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS: return "exists already";
    case ERROR_TOO_MANY_OPEN_FILES: return "too many open files";
    case ERROR_BAD_EXE_FORMAT: return "not a program that can be started without cmd.exe";
    case ERROR_BROKEN_PIPE: return "it has ended";
    case ERROR_TIMEOUT: return "it took too long";
    default: return "Windows error " + std::to_string(code);
  }
}

ErrorCode code_of(int code) {
  switch (code) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
    case ERROR_INVALID_DRIVE:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
    case ERROR_DIRECTORY:
    case ERROR_CANT_RESOLVE_FILENAME: return ErrorCode::not_found;
    case ERROR_WRITE_PROTECT:
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
    case quota_exceeded: return ErrorCode::unwritable;
    default: return ErrorCode::unreadable;
  }
}

const char* help_for(int code) {
  switch (code) {
    case ERROR_ACCESS_DENIED: return "check the permissions of the file and of the folders above it";
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_USER_MAPPED_FILE: return "close the program that has it open, and try again";
    case ERROR_PRIVILEGE_NOT_HELD: return "turn on the developer mode of Windows";
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
    case quota_exceeded: return "free some space on that file system";
    case ERROR_WRITE_PROTECT: return "the file system is mounted for reading only";
    default: return "";
  }
}

}  // namespace

Error system_error(std::string_view what, const std::string& path, int code) {
  return Error{code_of(code), std::string(what) + ": " + describe(code), path, help_for(code)};
}

}  // namespace cascade::files
