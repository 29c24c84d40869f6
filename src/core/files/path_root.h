// Where the root of an absolute path ends.
#pragma once

#include <string_view>

#include "text/ascii.h"

namespace cascade::files {

#ifdef _WIN32
// "C:/", "//server/share" or "/", which is the root of the current drive.
constexpr std::size_t root_size(std::string_view path) noexcept {
  if (path.size() >= 3 && letters::is_letter(path[0]) && path[1] == ':' && path[2] == '/') return 3;
  if (path.empty() || path[0] != '/') return 0;
  const auto name_end = [&](std::size_t begin) {  // of the name that begins there; 0: there is none
    if (begin >= path.size()) return std::size_t{0};
    const std::string_view name = path.substr(begin, path.substr(begin).find('/'));
    return name.empty() || name == "." || name == ".." ? 0 : begin + name.size();
  };
  const std::size_t server = path.size() > 1 && path[1] == '/' ? name_end(2) : 0;
  const std::size_t share = server == 0 ? 0 : name_end(server + 1);
  return share == 0 ? 1 : share;
}
#else
constexpr std::size_t root_size(std::string_view path) noexcept { return !path.empty() && path.front() == '/' ? 1 : 0; }
#endif

}  // namespace cascade::files
