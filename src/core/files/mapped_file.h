// A read-only mapping of a file: opening costs the same for any size, pages are loaded when they are touched.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "files/tree.h"

namespace cascade::files {

// Move-only owner of a mapping; bytes() is valid while it lives, even if the file is replaced or removed meanwhile.
// Only for files that are replaced by renaming (files/atomic_write.h) and never changed in place: after a mapped file
// is truncated, reading a lost page is a fatal signal.
class MappedFile {
 public:
  // not_found or unreadable; a folder, pipe or device is unreadable. An empty file has empty bytes.
  static Result<MappedFile> open(const std::string& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const noexcept { return {data_, size_}; }
  const Stamp& stamp() const noexcept { return stamp_; }  // as of opening

 private:
  std::optional<Error> map(int fd, const std::string& path);

  const char* data_ = nullptr;
  std::size_t size_ = 0;
  Stamp stamp_;
};

}  // namespace cascade::files
