#include "files/system_error.h"

#include <cerrno>

#include "files/posix/system.h"

namespace cascade::files {
namespace {

// strerror is localised and not thread-safe; the texts below give the meaning, the system's name the rest.
std::string describe(int code) {
  switch (code) {
    case ENOENT: return "no such file or folder";
    case ENOTDIR: return "a part of the path is not a folder";
    case EACCES:
    case EPERM: return "permission denied";
    case ELOOP: return "too many symbolic links";
    case EROFS: return "read-only file system";
    case ENOSPC: return "no space left";
    case EDQUOT: return "disk quota exceeded";
    case EISDIR: return "is a folder";
    case ENAMETOOLONG: return "the name is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    default: break;
  }
  return system::error_name(code);
}

ErrorCode code_of(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP: return ErrorCode::not_found;
    case EROFS:
    case ENOSPC:
    case EDQUOT: return ErrorCode::unwritable;
    default: return ErrorCode::unreadable;
  }
}

const char* help_for(int code) {
  switch (code) {
    case EACCES:
    case EPERM: return "check the permissions of the file and of the folders above it";
    case ENOSPC:
    case EDQUOT: return "free some space on that file system";
    case EROFS: return "the file system is mounted for reading only";
    case EMFILE:
    case ENFILE: return "raise the limit of open files (ulimit -n)";
    default: return "";
  }
}

}  // namespace

Error system_error(std::string_view what, const std::string& path, int code) {
  return Error{code_of(code), std::string(what) + ": " + describe(code), path, help_for(code)};
}

}  // namespace cascade::files
