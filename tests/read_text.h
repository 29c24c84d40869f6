// A file's bytes, for every suite.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace cascade::test {

// Empty where there is no such file.
inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace cascade::test
