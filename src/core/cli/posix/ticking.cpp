// A process of its own writes the line, because what is waited for may be anywhere: in a child, in a call of the
// system, in a loop. It holds nothing of ours but standard error and the end of a pipe, and goes when the other end
// closes.
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>

#include "cli/console.h"
#include "cli/system.h"
#include "files/posix/system.h"

namespace cascade::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int first_ms = 1'000, every_ms = 1'000;

struct Ticking {
  pid_t child = -1;
  int end = -1;             // of the pipe; closing it ends the child
  Clock::time_point begin;  // of the first line: what interrupts it does not start the time again
};
Ticking ticking;

[[noreturn]] void tick(int pipe, const std::string& what) {
  ::close(STDIN_FILENO);
  ::close(STDOUT_FILENO);
  pollfd ended{pipe, POLLIN, 0};
  const auto passed_ms = [] {
    return static_cast<int>(
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - ticking.begin).count());
  };
  for (int wait = std::max(0, first_ms - passed_ms()); ::poll(&ended, 1, wait) == 0; wait = every_ms)
    if (!write_all(STDERR_FILENO, "\r" + what + ": " + std::to_string(passed_ms() / 1'000) + " s\x1b[K")) break;
  ::_exit(0);
}

}  // namespace

void begin_ticking(const std::string& what) {
  if (ticking.child > 0) return;
  int ends[2];
  if (!files::system::open_pipe(ends)) return;
  if (ticking.begin == Clock::time_point()) ticking.begin = Clock::now();
  ticking.child = ::fork();
  if (ticking.child == 0) {
    ::close(ends[1]);
    tick(ends[0], what);
  }
  ::close(ends[0]);
  ticking.end = ends[1];
  if (ticking.child < 0) ::close(ends[1]);
}

void end_ticking() {
  if (ticking.child <= 0) return;
  ::close(ticking.end);
  while (::waitpid(ticking.child, nullptr, 0) < 0 && errno == EINTR) {
  }
  ticking.child = -1;
  if (Clock::now() - ticking.begin >= std::chrono::milliseconds(first_ms)) write_all(STDERR_FILENO, "\r\x1b[K");
}

}  // namespace cascade::cli
