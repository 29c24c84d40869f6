// An open file of the system's, closed by whoever owns it.
#pragma once

#include <unistd.h>

namespace cascade::files {

// Holds what open() gave, also when that failed (-1). Closing lets go of the locks that were taken through it.
class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

}  // namespace cascade::files
