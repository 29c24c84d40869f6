// Word patterns: `*` matches any characters, including slashes.
#pragma once

#include <string_view>

namespace cascade::letters {

constexpr bool matches_wildcard(std::string_view pattern, std::string_view text) noexcept {
  std::size_t at = 0, star = std::string_view::npos, again = 0, in = 0;
  while (in < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      again = in;
    } else if (at < pattern.size() && pattern[at] == text[in]) {
      ++at, ++in;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in = ++again;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

}  // namespace cascade::letters
