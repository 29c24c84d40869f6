// Keeps the hook out of the way: whatever happens to it, the process ends in time and with status 0.
#pragma once

#include <cstdint>
#include <string>

namespace cascade::cli {

// While it exists, one line goes to the log and the process ends silently with status 0 after `most_milliseconds`, or
// on a signal that would otherwise end the process (a memory fault, an abort). Signals with another handler are left
// alone. Only one may exist at a time.
class Guard {
 public:
  // `log_path` empty: no line is written. `now`: seconds since 1970, for the line.
  Guard(std::uint32_t most_milliseconds, const std::string& log_path, std::int64_t now);
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard();

  // Restarts the time limit, since a check of the user's own is about to run. REQUIRES: a guard exists.
  static void extend(std::uint32_t most_milliseconds);
};

}  // namespace cascade::cli
