// How text for people is shown: its colours, and the terminal's width. If it is off, every function returns its text
// unchanged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cascade::rendering {

class Paint {
 public:
  // `width`: columns of the terminal. 0: the text goes to a file or a pipe, where lines are not cut to fit.
  explicit constexpr Paint(bool on = false, std::size_t width = 0) noexcept : on_(on), width_(width) {}

  std::size_t width() const noexcept { return width_; }
  // How many characters of a long text fit into a table's last column; 80 without a terminal.
  std::size_t longest_cell() const noexcept { return width_ == 0 ? 80 : width_; }

  std::string bold(std::string_view text) const { return with("1", text); }
  std::string faint(std::string_view text) const { return with("2", text); }
  std::string red(std::string_view text) const { return with("1;31", text); }
  std::string yellow(std::string_view text) const { return with("1;33", text); }
  std::string green(std::string_view text) const { return with("32", text); }
  std::string blue(std::string_view text) const { return with("1;34", text); }

 private:
  std::string with(std::string_view code, std::string_view text) const {
    if (!on_ || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  bool on_;
  std::size_t width_;
};

}  // namespace cascade::rendering
