// The hook must never be in the way: whatever happens to it, the process ends in time and with status 0.
#pragma once

#include <cstdint>
#include <string>

namespace cascade::cli {

// While it lives: after `most_milliseconds`, and upon a signal that would end the process otherwise (a fault in memory,
// an abort), one line goes to the log and the process ends with status 0, without a word. Signals that something else
// handles stay as they are. One at a time.
class Guard {
 public:
  // `log_path` empty: no line. `now`: seconds since 1970, for the line.
  Guard(std::uint32_t most_milliseconds, const std::string& log_path, std::int64_t now);
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard();

  // From now on so long: a check of the user's own is about to run. REQUIRES: one lives.
  static void extend(std::uint32_t most_milliseconds);
};

}  // namespace cascade::cli
