// A folder of a test's own, for every suite: tests of several checkouts run side by side.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace cascade::test {

// It goes away with the object, and all that is in it.
struct ScratchFolder {
  std::string path = (std::filesystem::temp_directory_path() / "cascade-test-XXXXXX").string();

  ScratchFolder() {
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder to work in");
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
};

}  // namespace cascade::test
