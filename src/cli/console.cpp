#include "cli/console.h"

#include "unicode/utf8.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace cascade::cli {

using namespace std::string_view_literals;

void reserve_standard_descriptors() noexcept {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one. Reading only: a later write fails as it would have on a closed descriptor.
    if (open("/dev/null", O_RDONLY) != descriptor) return;
  }
}

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
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool plain = terminal != nullptr && terminal == "dumb"sv;  // shows escape sequences instead of obeying them
  watched_ = !plain && isatty(STDERR_FILENO) == 1;
  colour_ = !plain && isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
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
  if (!watched_ || quiet_ || (text.empty() && !progress_shown_)) return;
  // Back to the first column, the text, and the rest of the line erased.
  write_all(STDERR_FILENO, "\r" + unicode::displayable(text) + "\x1b[K");
  progress_shown_ = !text.empty();
}

bool Console::flush() {
  progress({});
  const bool written = write_all(STDOUT_FILENO, out_);
  const int code = errno;
  out_.clear();
  if (!written && code != EPIPE && code != EBADF) complain(std::string("standard output: ") + std::strerror(code));
  return written;
}

}  // namespace cascade::cli
