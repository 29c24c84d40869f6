// The lines of a text, one after the other: `for (const Line line : lines(text))`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::letters {

// Without its line feed. Lines are counted from 1.
struct Line : std::string_view {
  std::uint32_t number = 1;

  constexpr Line& operator=(std::string_view text) noexcept {  // of the same line, as without blanks around it
    static_cast<std::string_view&>(*this) = text;
    return *this;
  }
};

// What ends with a line feed has no empty line behind it. The text must outlive the walk.
class Lines {
 public:
  struct End {};
  explicit constexpr Lines(std::string_view text) noexcept : rest_(text) { read(); }

  constexpr Lines begin() const noexcept { return *this; }
  constexpr End end() const noexcept { return {}; }
  constexpr const Line& operator*() const noexcept { return line_; }
  constexpr bool operator!=(End) const noexcept { return !is_over_; }
  constexpr void operator++() noexcept {
    read();
    ++line_.number;
  }

 private:
  constexpr void read() noexcept {
    is_over_ = rest_.empty();
    line_ = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line_.size() + 1, rest_.size()));
  }

  std::string_view rest_;
  Line line_;
  bool is_over_ = false;
};

constexpr Lines lines(std::string_view text) noexcept { return Lines(text); }

}  // namespace cascade::letters
