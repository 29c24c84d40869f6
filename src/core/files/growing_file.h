// A file that is written piece by piece, and read meanwhile.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/atomic_write.h"

namespace cascade::files {

// Bytes of a file as they were when it was mapped. Move-only.
class MappedPart {
 public:
  MappedPart(MappedPart&& other) noexcept
      : begin_(std::exchange(other.begin_, nullptr)), length_(other.length_), bytes_(std::exchange(other.bytes_, {})) {}
  MappedPart& operator=(MappedPart&&) = delete;
  ~MappedPart();

  std::string_view bytes() const noexcept { return bytes_; }

 private:
  friend class GrowingFile;
  MappedPart(void* begin, std::size_t length, std::string_view bytes) : begin_(begin), length_(length), bytes_(bytes) {}
  void* begin_ = nullptr;  // of the page in which the bytes begin
  std::size_t length_ = 0;
  std::string_view bytes_;
};

// It gets its seal and its name at the end; without that it is removed. REQUIRES: one writer of `path` at a time; a
// leftover of a killed writer is replaced.
class GrowingFile {
 public:
  static Result<GrowingFile> begin(const std::string& path, unsigned mode);
  GrowingFile(GrowingFile&& other) noexcept
      : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}
  GrowingFile& operator=(GrowingFile&&) = delete;
  ~GrowingFile();

  Result<void> append(const std::vector<std::string_view>& pieces);
  std::uint64_t size() const noexcept { return size_; }
  // What was appended. It stays as it is, even if the file is removed.
  Result<MappedPart> part(std::uint64_t offset, std::size_t length) const;
  Result<void> finish(std::string_view first_bytes, const Seal& seal);  // overwrites the first bytes

 private:
  GrowingFile(std::string path, int file) : path_(std::move(path)), file_(file) {}
  static std::string unfinished(const std::string& path) { return path + ".new"; }
  Error give_up(const char* what);  // with errno

  std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace cascade::files
