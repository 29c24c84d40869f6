// A handle of the system, closed by its owner. For files/windows only.
#pragma once

#include <cstdint>
#include <utility>

#include "files/windows/sdk.h"

namespace cascade::files {

// Holds what a call returned, including a failure. Closing releases the locks taken through it.
class Handle {
 public:
  Handle() noexcept = default;
  explicit Handle(HANDLE handle) noexcept : handle_(handle) {}
  Handle(Handle&& other) noexcept : handle_(other.release()) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() {
    if (is_open()) ::CloseHandle(handle_);
  }
  bool is_open() const noexcept { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
  HANDLE get() const noexcept { return handle_; }
  HANDLE release() noexcept { return std::exchange(handle_, INVALID_HANDLE_VALUE); }

 private:
  HANDLE handle_ = INVALID_HANDLE_VALUE;
};

// Our headers keep a descriptor in an int. Handles have 32 bits that count, and -1 is none.
inline int number_of(HANDLE handle) noexcept { return static_cast<int>(reinterpret_cast<std::intptr_t>(handle)); }
inline HANDLE handle_of(int number) noexcept {
  return reinterpret_cast<HANDLE>(static_cast<std::intptr_t>(number));  // NOLINT(performance-no-int-to-ptr)
}

inline int last_code() noexcept { return static_cast<int>(::GetLastError()); }

}  // namespace cascade::files
