// What the program asks of the system besides files (files/): once for POSIX in posix/, once for Windows in windows/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace cascade::cli {

// To be called first. A reader that went away, and a file that may not grow further, become failed writes. Bytes pass
// through standard input and output as they are.
void prepare_process() noexcept;

// Reserves the descriptors 0 to 2 if the caller closed them, so that no other file gets them. A closed standard output
// remains unwritable. Call once, first.
void reserve_standard_descriptors() noexcept;

bool is_terminal(int descriptor) noexcept;
std::size_t terminal_width() noexcept;  // of standard output, in columns; 80 if the terminal does not know

bool exists(const std::string& path);  // a file or folder

// A name of this file that needs no quotes in a shell, if the system keeps one; else the path. PowerShell takes a
// quoted word at the beginning of a line for a text.
std::string name_for_shells(const std::string& path);

// After a second, and then each second, writes a line with `what` and the time to standard error, a terminal, until
// end_ticking() takes it away. Call before threads start.
void begin_ticking(const std::string& what);
void end_ticking();

// Ends the process after so many seconds with status 1 and this line on standard error. `line` must remain valid.
void end_late(unsigned seconds, const char* line) noexcept;

// From now on the heap grows in large steps, uses large pages and returns nothing. A build touches some 20 MB once, and
// each small page would cost a trip to the kernel. Does nothing where the system does not support this, or when called
// again.
void expect_much_memory() noexcept;

// "ulimit -v 24576", if the address space is limited; empty if it is not. A process that meets the limit may die of a
// failed allocation or of a stack that cannot grow: neither is a fault of the program.
std::string memory_limit();

// Keeps the hook out of the way. While it exists, one line goes to the log and the process ends silently with status 0
// after `most_milliseconds`, or on a signal that would otherwise end it (a memory fault, an abort). Signals with
// another handler are left alone. Only one may exist at a time.
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
