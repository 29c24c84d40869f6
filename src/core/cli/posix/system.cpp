#include "cli/system.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace cascade::cli {
namespace {

const char* late_line = "";

extern "C" void end_now(int) {
  if (::write(STDERR_FILENO, late_line, std::strlen(late_line)) < 0) ::_exit(1);
  ::_exit(1);
}

}  // namespace

void prepare_process() noexcept {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // ulimit -f
}

void reserve_standard_descriptors() noexcept {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one. Opened for reading only, so that a later write fails as on a closed
    // descriptor.
    if (::open("/dev/null", O_RDONLY) != descriptor) return;
  }
}

bool is_terminal(int descriptor) noexcept { return ::isatty(descriptor) == 1; }

std::size_t terminal_width() noexcept {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::string name_for_shells(const std::string& path) { return path; }

void end_late(unsigned seconds, const char* line) noexcept {
  late_line = line;
  std::signal(SIGALRM, end_now);
  ::alarm(seconds);
}

}  // namespace cascade::cli
