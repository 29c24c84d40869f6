// A read-only mapping of a file: opening costs the same for any size, pages are loaded when they are touched.
#pragma once

#include <cascade/result.h>

#include <unistd.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "files/tree.h"

namespace cascade::files {

// Owns a file descriptor: the result of open(), including a failure (-1). Closing releases the locks taken through it.
class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

// Move-only owner of a mapping; bytes() is valid while it lives, even if the file is replaced or removed meanwhile.
// Only for files that are replaced by renaming (files/atomic_write.h) and never changed in place: after a mapped file
// is truncated, reading a lost page is a fatal signal.
class MappedFile {
 public:
  // not_found or unreadable; a folder, pipe or device is unreadable. An empty file has empty bytes.
  static Result<MappedFile> open(const std::string& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept { *this = std::move(other); }
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(stamp_, other.stamp_);
    return *this;
  }
  ~MappedFile();

  std::string_view bytes() const noexcept { return {data_, size_}; }
  const Stamp& stamp() const noexcept { return stamp_; }  // as of opening

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  Stamp stamp_;
};

// Whether this system has files in memory that can be sealed. Where it has none, no program of a skill is run.
extern const bool can_seal;

// Returns an empty file in memory, for writing. unwritable; unsupported on a system without such files.
Result<Descriptor> memory_file();

// Returns a file in memory that nobody can change: sealed against writing, growing and shrinking (Linux 3.17),
// positioned at its beginning. `executable`: it will be executed through its descriptor (the kernel needs to know since
// 6.3). unwritable; unsupported on a system that cannot seal.
Result<Descriptor> sealed_file(std::string_view text, bool executable);

// Gives back what the program has freed and its heap still holds, as far as whole pages of it are free.
void return_freed_memory() noexcept;

// Gives to the heap the freed blocks that the program keeps for this thread, if it keeps any. For a thread that ends.
void return_kept_blocks() noexcept;

// Gives back the pages of a mapped file. When one is next touched it is read again, usually from the system's cache.
void release_pages(std::string_view mapped) noexcept;

}  // namespace cascade::files
