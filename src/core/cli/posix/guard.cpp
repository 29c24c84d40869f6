// Ends a hook that takes too long or crashes. A timer and the fatal signals share one handler, which writes a prepared
// line to the log and leaves with status 0. In a handler almost nothing is safe, so path and lines are prepared
// beforehand in fixed buffers. A second process that watches the first would cost each prompt a start.
#include "cli/system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

namespace cascade::cli {
namespace {

constexpr std::array<int, 7> guarded = {SIGALRM, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU};
constexpr std::size_t longest_path = 4095;

// The handler's data. It is written before the handler is set, and only by the one guard. In this order, everything
// that is written is in one page, next to other variables.
struct {
  bool is_set[guarded.size()];
  std::int64_t now;
  char too_slow[128], broken[128];
  char path_of_log[longest_path + 1];
  alignas(16) char stack[32 * 1024];  // macOS refuses less
} handler;

void copy(const std::string& text, char* into, std::size_t most) {
  const std::size_t length = text.size() < most ? text.size() : 0;
  std::memcpy(into, text.data(), length);
  into[length] = '\0';
}

int open_log() { return ::open(handler.path_of_log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600); }

// The log's folder may not exist yet if this is the first fault.
void make_folders_of_log() {
  for (char* at = handler.path_of_log + 1; *at != '\0'; ++at) {
    if (*at != '/') continue;
    *at = '\0';
    ::mkdir(handler.path_of_log, 0700);
    *at = '/';
  }
}

// Uses only what is safe in a signal handler.
extern "C" void end_quietly(int signal) {
  const char* line = signal == SIGALRM || signal == SIGXCPU ? handler.too_slow : handler.broken;
  if (handler.path_of_log[0] == '\0') ::_exit(0);
  int fd = open_log();
  if (fd < 0) {
    make_folders_of_log();
    fd = open_log();
  }
  if (fd >= 0 && ::write(fd, line, std::strlen(line)) < 0) ::_exit(0);
  ::_exit(0);
}

void set_timer(std::uint32_t milliseconds) {
  itimerval timer{};
  timer.it_value.tv_sec = milliseconds / 1000;
  timer.it_value.tv_usec = static_cast<suseconds_t>(milliseconds % 1000) * 1000;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void begin_watch(std::uint32_t most_milliseconds) {
  copy(std::to_string(handler.now) + " the hook took longer than " + std::to_string(most_milliseconds) +
           " ms; the prompt went on without it\n",
       handler.too_slow, sizeof handler.too_slow);
  set_timer(most_milliseconds);
}

}  // namespace

void Guard::extend(std::uint32_t most_milliseconds) { begin_watch(most_milliseconds); }

Guard::Guard(std::uint32_t most_milliseconds, const std::string& log_path, std::int64_t now) {
  copy(log_path, handler.path_of_log, longest_path);
  handler.now = now;
  const std::string limit = memory_limit();
  copy(std::to_string(now) + (limit.empty() ? " the hook failed; this is a bug in cascade\n"
                                            : " the hook failed, probably for lack of memory: " + limit + "\n"),
       handler.broken, sizeof handler.broken);
  stack_t stack{};  // after a stack overflow the handler needs a stack of its own
  stack.ss_sp = handler.stack;
  stack.ss_size = sizeof handler.stack;
  ::sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = end_quietly;
  action.sa_flags = SA_ONSTACK;
  for (std::size_t i = 0; i < guarded.size(); ++i) {
    struct sigaction before {};
    const bool set = ::sigaction(guarded[i], &action, &before) == 0;
    handler.is_set[i] = set && before.sa_handler == SIG_DFL;
    if (set && before.sa_handler != SIG_DFL) ::sigaction(guarded[i], &before, nullptr);  // another handler is in charge
  }
  begin_watch(most_milliseconds);
}

Guard::~Guard() {
  set_timer(0);
  for (std::size_t i = 0; i < guarded.size(); ++i)
    if (handler.is_set[i]) std::signal(guarded[i], SIG_DFL);
}

}  // namespace cascade::cli
