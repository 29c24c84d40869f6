// Colours of text for people. Off, every function returns its text unchanged.
#pragma once

#include <string>
#include <string_view>

namespace cascade::rendering {

class Paint {
 public:
  explicit constexpr Paint(bool on = false) noexcept : on_(on) {}

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
};

}  // namespace cascade::rendering
