// What a verb prints is collected and written once, at its end (flush): an answer that failed half way prints nothing,
// and the program is written to in one call. On a terminal everything but our own colours is made harmless first,
// because names and paths come from other people's files.
#include "cli/console.h"

#include "cli/system.h"
#include "files/process.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace cascade::cli {

using namespace std::string_view_literals;

namespace {

// The length of one of our colour codes (render/parts.h) at `at`; 0 if there is none.
std::size_t colour_at(std::string_view text, std::size_t at) noexcept {
  for (const std::string_view code :
       {"\x1b[0m"sv, "\x1b[1m"sv, "\x1b[2m"sv, "\x1b[32m"sv, "\x1b[1;31m"sv, "\x1b[1;33m"sv, "\x1b[1;34m"sv})
    if (text.substr(at, code.size()) == code) return code.size();
  return 0;
}

// Shows the number of each character that a terminal would obey (to set its title, the clipboard or the cursor). Our
// colours stay, since they are harmless.
std::string for_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t shown = 0;
  for (std::size_t at = text.find('\x1b'); at != std::string_view::npos; at = text.find('\x1b', at + 1)) {
    const std::size_t length = colour_at(text, at);
    if (length == 0) continue;
    out += unicode::displayable(text.substr(shown, at - shown), true);
    out += text.substr(at, length);
    shown = at + length;
  }
  return out += unicode::displayable(text.substr(shown), true);
}

}  // namespace

bool write_all(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Console::Console() {
  const auto no_color = files::variable("NO_COLOR"), terminal = files::variable("TERM");
  const bool plain = terminal == "dumb";  // shows escape sequences instead of obeying them
  watched_ = !plain && is_terminal(STDERR_FILENO);
  terminal_ = is_terminal(STDOUT_FILENO);
  colour_ = !plain && terminal_ && (!no_color || no_color->empty());
  if (terminal_) width_ = terminal_width();
}

void Console::note(std::string_view text) {
  if (!quiet_) complain(text);
}

void Console::complain(std::string_view text) {
  progress({});
  write_all(STDERR_FILENO, "cascade: " + unicode::displayable(text, true) + "\n");
}

Exit Console::fail(const Error& error) {
  std::string text;
  if (!error.path.empty()) text += unicode::displayable(error.path) + ": ";
  text += unicode::displayable(error.message);
  if (!error.help.empty()) text += "\n  help: " + unicode::displayable(error.help);
  complain(text);
  return exit_for(error.code);
}

void Console::progress(std::string_view text) {
  end_ticking();
  if (!watched_ || quiet_ || (text.empty() && !progress_shown_)) return;
  // Returns to the first column, writes the text and erases the rest of the line.
  write_all(STDERR_FILENO, "\r" + unicode::displayable(text) + "\x1b[K");
  progress_shown_ = !text.empty();
}

bool Console::flush() {
  progress({});
  const bool written = write_all(STDOUT_FILENO, terminal_ ? for_terminal(out_) : out_);
  const int code = errno;
  out_.clear();
  if (!written && code != EPIPE && code != EBADF) complain(std::string("standard output: ") + std::strerror(code));
  return written;
}

bool is_on_terminal() noexcept {
  return is_terminal(STDIN_FILENO) && (is_terminal(STDOUT_FILENO) || is_terminal(STDERR_FILENO));
}

bool is_word_typed(const std::string& text, std::string_view word) {
  constexpr std::size_t longest = 200;
  end_ticking();
  if (!write_all(is_terminal(STDOUT_FILENO) ? STDOUT_FILENO : STDERR_FILENO, text)) return false;
  std::string line;
  char c = 0;
  while (line.size() < longest) {
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || c == '\n') break;
    line += c;
  }
  return letters::trim(line) == word;
}

std::function<void(std::size_t, std::size_t)> make_progress(Console& console) {
  using Clock = std::chrono::steady_clock;
  return [&console, next = Clock::now() + std::chrono::milliseconds(300)](std::size_t done, std::size_t total) mutable {
    const Clock::time_point now = Clock::now();
    if (now < next || total == 0) return;
    next = now + std::chrono::milliseconds(50);
    console.progress("reading " + std::to_string(done) + " of " + std::to_string(total) + " manifests (" +
                     std::to_string(done * 100 / total) + " %)");
  };
}

std::ptrdiff_t read_some(char* into, std::size_t most) {
  ssize_t got = 0;
  do got = ::read(STDIN_FILENO, into, most);
  while (got < 0 && errno == EINTR);
  return got;
}

std::string read_standard_input(std::size_t limit) {
  std::string text;
  char buffer[64 * 1024];  // the capacity of a pipe
  while (true) {
    const std::ptrdiff_t got = read_some(buffer, sizeof(buffer));
    if (got <= 0) return text;
    // Growing by doubling touches each page several times, while unused reserved memory costs nothing.
    if (text.size() + static_cast<std::size_t>(got) > sizeof(buffer))
      text.reserve(std::min(limit, std::size_t{8} << 20));
    text.append(buffer, std::min(static_cast<std::size_t>(got), limit - text.size()));
  }
}

}  // namespace cascade::cli
