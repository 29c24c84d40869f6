#include "files/system_error.h"

#include "files/windows/sdk.h"

namespace cascade::files {
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
