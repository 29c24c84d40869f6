#include "files/mapped_file.h"
#include "files/file_tail.h"
#include "files/tree.h"
#include "files/windows/open.h"

namespace cascade::files {

Result<MappedFile> MappedFile::open(const std::string& path) {
  const Handle opened = open_there(path);
  if (!opened.is_open()) return system_error("cannot open", path, last_code());
  Looked looked;
  if (!look(opened.get(), looked)) return system_error("cannot read", path, last_code());
  if (looked.stamp.directory) return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  MappedFile file;
  file.stamp_ = looked.stamp;
  if (looked.stamp.size == 0) return file;
  // A view of the file lives on without the handles that it was made of.
  const Handle mapping(::CreateFileMappingW(opened.get(), nullptr, PAGE_READONLY, 0, 0, nullptr));
  const void* const data =
      mapping.is_open() ? ::MapViewOfFile(mapping.get(), FILE_MAP_READ, 0, 0, looked.stamp.size) : nullptr;
  if (data == nullptr) return system_error("cannot map", path, last_code());
  file.data_ = static_cast<const char*>(data);
  file.size_ = looked.stamp.size;
  return file;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::UnmapViewOfFile(data_);
}

// The heap gives back what is free by itself, and no blocks are kept; views are left to the system.
void return_kept_blocks() noexcept {}
void return_freed_memory() noexcept {}
void release_pages(std::string_view) noexcept {}

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
