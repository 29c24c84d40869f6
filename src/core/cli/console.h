// Standard output and standard error of one run. The only place that writes to either.
#pragma once

#include <cascade/result.h>

#include "cli/verbs.h"
#include "render/parts.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::cli {

// Standard output carries only the answer, which is collected and written at the end of the run. Messages go to
// standard error at once. Not thread-safe.
class Console {
 public:
  Console();

  void print(std::string_view text) { out_.append(text); }  // adds to the answer
  // The same for a long text, which is not copied if it is the whole answer.
  void print_whole(std::string text) {
    if (out_.empty()) return out_.swap(text);
    print(text);
  }

  const std::string& answer() const noexcept { return out_; }  // the answer so far

  // Writes "cascade: text" to standard error. With --quiet, `note` is silent but `complain` is not. Hidden characters
  // are shown by their number.
  void note(std::string_view text);
  void complain(std::string_view text);
  // Writes the message with its place and help, each on one line regardless of its content. Returns the exit code for
  // this kind of error.
  Exit fail(const Error& error);
  Exit deny(std::string_view text) { return complain(text), Exit::no; }  // complains: the answer is no
  // Adds `text` to the answer and returns `shown`, or fails with its error.
  Exit show(Result<std::string> text, Exit shown = Exit::yes) {
    if (!text) return fail(text.error());
    print_whole(*std::move(text));
    return shown;
  }

  // Writes a line that the next one replaces; does nothing unless standard error is a terminal. An empty text removes
  // it.
  void progress(std::string_view text);

  void set_quiet(bool quiet) noexcept { quiet_ = quiet; }
  bool quiet() const noexcept { return quiet_; }
  // True if standard output is a terminal that obeys escape sequences (TERM is not "dumb") and NO_COLOR is not set.
  bool colour() const noexcept { return colour_; }
  // The same with the terminal's width, for anything laid out for people.
  rendering::Paint paint() const noexcept { return rendering::Paint(colour_, width_); }
  bool on_terminal() const noexcept { return terminal_; }  // standard output is a terminal, of whatever kind
  std::size_t width() const noexcept { return width_; }    // columns of that terminal; 0 if standard output is not one
  bool watched() const noexcept { return watched_; }       // standard error is such a terminal

  // Writes the answer; to a terminal, without anything that it would obey except our own colours. False if standard
  // output is closed, full or gone. Reports nothing if the reader just went away.
  bool flush();

 private:
  std::string out_;
  bool quiet_ = false, colour_ = false, terminal_ = false, watched_ = false, progress_shown_ = false;
  std::size_t width_ = 0;
};

// Calls write(2) until everything is written; false on failure, with errno set. A closed pipe gives EPIPE, because main
// ignores SIGPIPE.
bool write_all(int descriptor, std::string_view bytes) noexcept;

// Whether standard input is a terminal, and standard output or standard error is one as well.
bool is_on_terminal() noexcept;

// Shows the text and reads one line. REQUIRES: is_on_terminal().
bool is_word_typed(const std::string& text, std::string_view word);

// "reading 120 of 760" on a terminal while a library is parsed: nothing for the first 300 ms, then at most every 50 ms.
// `console` must outlive the function.
std::function<void(std::size_t done, std::size_t total)> make_progress(Console& console);

// Reads at most `limit` bytes. The rest is read and dropped, so that the writer does not get a broken pipe. A closed or
// unreadable input counts as empty.
std::string read_standard_input(std::size_t limit);

// Reads what is there, at most `most` bytes, and waits where nothing is. 0 at its end, less if it cannot be read.
std::ptrdiff_t read_some(char* into, std::size_t most);

}  // namespace cascade::cli
