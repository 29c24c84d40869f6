#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/posix/system.h"
#include "files/process.h"
#include "files/tree.h"

namespace cascade::files {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string user_folder() { return variable("HOME").value_or(std::string()); }

std::vector<std::string> program_arguments(int count, const char* const* words) { return {words, words + count}; }

bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept {
  const Descriptor source(::open("/dev/urandom", O_RDONLY | O_CLOEXEC));
  return source.get() >= 0 && ::read(source.get(), bytes, size) == static_cast<ssize_t>(size);
}

std::string from_native(std::string path) { return path; }

std::int64_t own_process() noexcept { return ::getpid(); }
std::int64_t parent_process() noexcept { return ::getppid(); }

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
