#include "files/windows/new_file.h"

#include "files/windows/open.h"
#include "files/windows/rename.h"

namespace cascade::files {

Handle open_new(const std::string& path, unsigned mode) {
  constexpr DWORD access = GENERIC_READ | GENERIC_WRITE | DELETE;
  Handle file = open_ours(path, access, CREATE_NEW, mode);
  if (file.is_open() || ::GetLastError() != ERROR_FILE_EXISTS) return file;
  unlink(path);
  return open_ours(path, access, CREATE_NEW, mode);
}

void set_modified(HANDLE file, std::int64_t modified_ns) {
  const FILETIME time = file_time(modified_ns);
  ::SetFileTime(file, nullptr, nullptr, &time);
}

bool seal_file(HANDLE file, const Seal& seal) {
  if (seal.modified_ns == 0) return true;
  if (seal.to_disk && ::FlushFileBuffers(file) == 0) return false;
  set_modified(file, seal.modified_ns);
  return true;
}

}  // namespace cascade::files
