#include "files/file_tail.h"

#include "files/system_error.h"
#include "files/windows/open.h"

namespace cascade::files {

Result<OpenedFile> OpenedFile::open(const std::string& path) {
  OpenedFile file(number_of(open_there(path).release()), 0);
  if (file.file_ == -1) return system_error("cannot read", path, last_code());
  Looked looked;
  if (!look(handle_of(file.file_), looked) || looked.stamp.directory)
    return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  file.size_ = looked.stamp.size;
  return file;
}

std::size_t OpenedFile::fill(std::uint64_t from, char* bytes, std::size_t size) const {
  std::size_t filled = 0;
  read_at(handle_of(file_), from, bytes, size, filled);
  return filled;
}

OpenedFile::~OpenedFile() {
  if (file_ != -1) ::CloseHandle(handle_of(file_));
}

}  // namespace cascade::files
