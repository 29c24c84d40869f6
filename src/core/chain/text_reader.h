// Reads a text from left to right, skipping blanks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "text/ascii.h"

namespace cascade::chain {

class TextReader {
 public:
  explicit TextReader(std::string_view text, std::size_t begin = 0) : text_(text), at_(begin) { skip(); }

  std::size_t at() const noexcept { return at_; }
  bool is_done() const noexcept { return at_ >= text_.size(); }
  char next() const noexcept { return is_done() ? '\0' : text_[at_]; }
  std::string_view rest() const noexcept { return text_.substr(at_); }

  bool take(char c) {
    if (next() != c || is_done()) return false;
    ++at_;
    skip();
    return true;
  }
  void drop() {
    ++at_;
    skip();
  }
  // Reads a number from 1 to 999; nothing, and nothing taken, if there is none.
  std::optional<std::uint32_t> number() {
    std::uint32_t value = 0;
    std::size_t end = at_;
    // Four digits are read though three are allowed, so that 1000 is refused and not taken for 100.
    for (; end < text_.size() && letters::is_digit(text_[end]) && end - at_ < 4; ++end)
      value = value * 10 + static_cast<std::uint32_t>(text_[end] - '0');
    if (value == 0 || value > 999) return std::nullopt;
    at_ = end;
    skip();
    return value;
  }
  // Reads up to one of `ends` or the end of the text, without surrounding blanks.
  std::string_view until(std::string_view ends) {
    const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
    const std::string_view taken = letters::trim(text_.substr(at_, end - at_));
    at_ = end;
    return taken;
  }

 private:
  void skip() {
    while (at_ < text_.size() && letters::is_space(text_[at_])) ++at_;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace cascade::chain
