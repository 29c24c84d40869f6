// Standard output and standard error of one run. The only place that writes to either.
#pragma once

#include <cascade/result.h>

#include "cli/exit_codes.h"
#include "render/paint.h"

#include <string>
#include <string_view>

namespace cascade::cli {

// Standard output carries the answer only; it is gathered and written at the end of the run. Messages go to standard
// error at once. Not thread-safe.
class Console {
 public:
  Console();

  void print(std::string_view text) { out_.append(text); }  // part of the answer
  // The same for a long text: it is not copied when it is all there is.
  void print_whole(std::string text) {
    if (out_.empty()) return out_.swap(text);
    print(text);
  }

  const std::string& answer() const noexcept { return out_; }  // what was gathered so far

  // "cascade: text" on standard error; `note` keeps silent when asked to be quiet, `complain` does not. Hidden
  // characters are shown by their number.
  void note(std::string_view text);
  void complain(std::string_view text);
  // The message with its place and help, a line each whatever a user's words hold; returns the exit code that the
  // error's kind has.
  Exit fail(const Error& error);

  // A line that the next one replaces; nothing unless standard error is a terminal. An empty text removes it.
  void progress(std::string_view text);

  void set_quiet(bool quiet) noexcept { quiet_ = quiet; }
  bool quiet() const noexcept { return quiet_; }
  // Standard output is a terminal that obeys escape sequences (TERM is not "dumb"), and NO_COLOR is not set.
  bool colour() const noexcept { return colour_; }
  // The same with the terminal's width, for whatever is laid out for people.
  rendering::Paint paint() const noexcept { return rendering::Paint(colour_, width_); }
  std::size_t width() const noexcept { return width_; }  // columns of that terminal; 0: standard output is none
  bool watched() const noexcept { return watched_; }     // standard error is such a terminal

  // Writes what was gathered; on a terminal, nothing that it would obey but our own colours. False when standard output
  // is closed, full or gone; says nothing about it when the reader simply went away.
  bool flush();

 private:
  std::string out_;
  bool quiet_ = false, colour_ = false, terminal_ = false, watched_ = false, progress_shown_ = false;
  std::size_t width_ = 0;
};

// Keeps descriptors 0 to 2 from being given to other files when the caller closed them; a closed standard output stays
// one that cannot be written. Call once, first.
void reserve_standard_descriptors() noexcept;

// write(2) until all is written; false on failure, with errno set. A closed pipe is EPIPE: SIGPIPE is ignored in main.
bool write_all(int descriptor, std::string_view bytes) noexcept;

}  // namespace cascade::cli
