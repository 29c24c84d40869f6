// A folder of a test's own, for every suite: tests of several checkouts run side by side.
#pragma once

#include <cstdlib>
#include <filesystem>
#ifdef _WIN32
#include <random>
#endif
#include <stdexcept>
#include <string>
#include <system_error>

namespace cascade::test {

inline std::string new_folder() {
  std::string path = (std::filesystem::temp_directory_path() / "cascade-test-XXXXXX").generic_string();
#ifdef _WIN32
  std::random_device number;
  path.replace(path.size() - 6, 6, std::to_string(number()) + std::to_string(number()));
  const bool made = std::filesystem::create_directory(path);
#else
  const bool made = ::mkdtemp(path.data()) != nullptr;
#endif
  if (!made) throw std::runtime_error("no folder to work in");
  return path;
}

// It goes away with the object, and all that is in it.
struct ScratchFolder {
  std::string path = new_folder();

  ScratchFolder() = default;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
};

}  // namespace cascade::test
