// What run_program() keeps of a program's output, and how it asks whether the program may go on. For files/ only.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "files/run_program.h"

namespace cascade::files {

inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// What a program has printed, within the call's limit.
class Printed {
 public:
  explicit Printed(const ProgramCall& call) : call_(call) {}

  void add(std::string& text, std::string_view more) {
    bytes_ += more.size();
    if (!call_.keeps_end) {
      text.append(more.substr(0, call_.max_bytes - std::min(call_.max_bytes, text.size())));
      return;
    }
    constexpr std::size_t room = std::size_t{16} << 10;
    text.append(more);
    if (text.size() > 2 * call_.max_bytes + room) cut(text);
  }
  void cut(std::string& text) const {
    if (call_.keeps_end && text.size() > call_.max_bytes) text.erase(0, text.size() - call_.max_bytes);
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  const ProgramCall& call_;
  std::uint64_t bytes_ = 0;
};

// Asks the caller from time to time whether the program may go on.
class Watch {
 public:
  Watch(const ProgramCall& call, int process) : call_(call), process_(process) {}

  bool is_on() const { return static_cast<bool>(call_.may_go_on); }
  int shortest(std::int64_t left) const { return static_cast<int>(is_on() ? std::min(left, interval) : left); }
  bool may_go_on(const Printed& printed) {
    if (!is_on() || stopped_) return !stopped_;
    const std::int64_t now = now_ms();
    if (now < next_) return true;
    stopped_ = !call_.may_go_on(process_, printed.bytes());
    next_ = now_ms() + interval;
    return !stopped_;
  }
  bool stopped() const { return stopped_; }

 private:
  static constexpr std::int64_t interval = 100;
  const ProgramCall& call_;
  int process_;
  std::int64_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace cascade::files
