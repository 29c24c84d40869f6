// Text as lines, for every suite.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::test {

// Without their line feeds; the last one may lack its own.
inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace cascade::test
