// Reads a line from its beginning.
#pragma once

#include <algorithm>
#include <string_view>

#include "text/ascii.h"

namespace cascade::prompt {

class Scan {
 public:
  explicit constexpr Scan(std::string_view rest) noexcept : rest_(rest) {}

  constexpr std::string_view rest() const noexcept { return rest_; }
  constexpr bool at_end() const noexcept { return rest_.empty(); }
  constexpr char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

  constexpr bool eat(char c) noexcept {
    if (peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  constexpr bool eat(std::string_view word) noexcept {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  constexpr bool eat_one_of(std::string_view characters) noexcept {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Between `least` and `most` characters for which `is` holds; nothing is eaten otherwise.
  template <typename Is>
  constexpr bool eat_while(const Is& is, std::size_t least = 1, std::size_t most = std::string_view::npos) noexcept {
    std::size_t count = 0;
    while (count < rest_.size() && count < most && is(rest_[count])) ++count;
    if (count < least) return false;
    rest_.remove_prefix(count);
    return true;
  }
  constexpr bool digits(std::size_t least, std::size_t most) noexcept {
    return eat_while(letters::is_digit, least, most) && !letters::is_digit(peek());
  }
  constexpr void blanks() noexcept { eat_while(letters::is_blank, 0); }

 private:
  std::string_view rest_;
};

}  // namespace cascade::prompt
