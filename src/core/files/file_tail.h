// Reads parts of a file that other processes write to.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::files {

// Returns at most the last `most` bytes of a regular file. not_found, unreadable; never blocks on a pipe.
Result<std::string> read_tail(const std::string& path, std::uint64_t most);

// Returns at most `most` bytes from `from` on; empty past the end. Errors as read_tail().
Result<std::string> read_from(const std::string& path, std::uint64_t from, std::uint64_t most);

// Whether the last `most` bytes of a regular file hold these words. Reads in pieces of 32 KiB, so memory does not grow
// with the file. Errors as read_tail().
Result<bool> tail_holds(const std::string& path, std::uint64_t most, std::string_view words);

// A regular file, opened to read parts of it. For files/ only.
class OpenedFile {
 public:
  // not_found, unreadable; never blocks on a pipe.
  static Result<OpenedFile> open(const std::string& path);

  std::uint64_t size() const noexcept { return size_; }  // as of opening
  // Fills up to `size` bytes from `from` on and returns their number: the file may be truncated meanwhile.
  std::size_t fill(std::uint64_t from, char* bytes, std::size_t size) const;

  OpenedFile(OpenedFile&& other) noexcept : file_(std::exchange(other.file_, -1)), size_(other.size_) {}
  ~OpenedFile();

 private:
  OpenedFile(int file, std::uint64_t size) : file_(file), size_(size) {}
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace cascade::files
