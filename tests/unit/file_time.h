// The time of a file as exactly as the system keeps it: the library of C++ for Windows has whole seconds.
#pragma once

#include <filesystem>
#include <string>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#endif

namespace cascade::test {

#ifdef _WIN32
class FileTime {
 public:
  explicit FileTime(const std::string& path) { ask(path, GENERIC_READ, ::GetFileTime); }
  void set(const std::string& path) const {
    ask(path, FILE_WRITE_ATTRIBUTES,
        [](HANDLE file, auto, auto, FILETIME* time) { return ::SetFileTime(file, nullptr, nullptr, time); });
  }
  bool operator==(const FileTime& other) const { return ::CompareFileTime(&time_, &other.time_) == 0; }

 private:
  template <typename Call>
  void ask(const std::string& path, DWORD access, Call call) const {
    constexpr DWORD others = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    const HANDLE file = ::CreateFileA(path.c_str(), access, others, nullptr, OPEN_EXISTING, 0, nullptr);
    call(file, nullptr, nullptr, &time_);
    ::CloseHandle(file);
  }
  mutable FILETIME time_{};
};
#else
class FileTime {
 public:
  explicit FileTime(const std::string& path) : time_(std::filesystem::last_write_time(path)) {}
  void set(const std::string& path) const { std::filesystem::last_write_time(path, time_); }
  bool operator==(const FileTime& other) const = default;

 private:
  std::filesystem::file_time_type time_;
};
#endif

}  // namespace cascade::test
