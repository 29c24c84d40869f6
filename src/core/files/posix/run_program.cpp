// Spawns the program with three pipes, then polls them: writes the input as far as it is taken and reads both outputs
// until they end or the time is up. Reading and writing alternate, since a program that fills its output before it has
// read its input would otherwise block us both. After the time its whole process group is killed.
#include "files/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

#include "files/posix/system.h"
#include "files/program_watch.h"
#include "files/system_error.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every system's header has it

namespace cascade::files {
namespace {

// Reads the bytes that are available. False: the stream has ended.
bool take(int descriptor, std::string& text, Printed& printed) {
  std::array<char, std::size_t{16} << 10> block;
  const ssize_t count = ::read(descriptor, block.data(), block.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  printed.add(text, {block.data(), static_cast<std::size_t>(count)});
  return count > 0;
}

// The two ends of a pipe; closed with the object. Neither survives an exec.
class Pipe {
 public:
  Pipe() : open_(system::open_pipe(ends_.data())) {}
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    close_writer();
  }
  bool is_open() const { return open_; }
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_reader() { close_end(0); }
  void close_writer() { close_end(1); }

 private:
  void close_end(std::size_t end) {
    if (open_ && ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }
  std::array<int, 2> ends_{-1, -1};
  bool open_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

constexpr int first_inherited = 3;

// Moves descriptors away from the numbers that they will have in the program.
class Parked {
 public:
  explicit Parked(const std::vector<int>& descriptors) {
    const int least = first_inherited + static_cast<int>(descriptors.size()) + 16;
    for (const int descriptor : descriptors) parked_.push_back(::fcntl(descriptor, F_DUPFD_CLOEXEC, least));
  }
  Parked(const Parked&) = delete;
  Parked& operator=(const Parked&) = delete;
  ~Parked() {
    for (const int descriptor : parked_)
      if (descriptor >= 0) ::close(descriptor);
  }
  bool is_whole() const {
    return std::all_of(parked_.begin(), parked_.end(), [](int descriptor) { return descriptor >= 0; });
  }
  // Gives them the numbers 3 and up, and with `only_these` closes all after them. Returns flags for posix_spawn().
  int hand_over(posix_spawn_file_actions_t& actions, bool only_these) const {
    int number = first_inherited;
    for (const int descriptor : parked_) ::posix_spawn_file_actions_adddup2(&actions, descriptor, number++);
    return only_these ? system::close_others(actions, number) : 0;
  }

 private:
  std::vector<int> parked_;
};

int spawn(const ProgramCall& call, const Pipe& in, const Pipe& out, const Pipe& err, pid_t& child) {
  const Parked inherited(call.inherited);
  if (!inherited.is_whole()) return EMFILE;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.reader(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.writer(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.writer(), STDERR_FILENO);
  const int flags = inherited.hand_over(actions, call.only_these);
  if (!call.directory.empty()) ::posix_spawn_file_actions_addchdir_np(&actions, call.directory.c_str());
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);  // we ignore it, and an ignored signal stays ignored after an exec
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, static_cast<short>(flags | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP));
  const int code = ::posix_spawn(&child, call.words.front().c_str(), &actions, &attributes, pointers(call.words).data(),
                                 pointers(call.environment).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return code;
}

// Passes the input and collects the output until both streams have ended. False: the time is up, or it was stopped.
bool converse(const ProgramCall& call, Pipe& in, Pipe& out, Pipe& err, ProgramRun& run, Watch& watch,
              Printed& printed) {
  const std::int64_t end = now_ms() + call.milliseconds;
  std::size_t sent = 0;
  ::fcntl(in.writer(), F_SETFL, O_NONBLOCK);
  if (call.input.empty()) in.close_writer();
  while (out.reader() >= 0 || err.reader() >= 0) {
    const std::int64_t left = end - now_ms();
    if (left <= 0 || !watch.may_go_on(printed)) return false;
    std::array<pollfd, 3> watched = {{{in.writer(), POLLOUT, 0}, {out.reader(), POLLIN, 0}, {err.reader(), POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), watch.shortest(left)) < 0 && errno != EINTR) return false;
    if (watched[0].revents != 0) {
      const ssize_t written = ::write(in.writer(), call.input.data() + sent, call.input.size() - sent);
      if (written > 0) sent += static_cast<std::size_t>(written);
      if (sent == call.input.size() || (written < 0 && errno != EAGAIN && errno != EINTR)) in.close_writer();
    }
    if (watched[1].revents != 0 && !take(out.reader(), run.output, printed)) out.close_reader();
    if (watched[2].revents != 0 && !take(err.reader(), run.errors, printed)) err.close_reader();
  }
  return true;
}

// Waits for the program's end until `end`; it may run on after closing its streams.
bool wait_until(pid_t child, std::int64_t end, int& status, Watch& watch, const Printed& printed) {
  while (true) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) return true;
    if (now_ms() >= end || !watch.may_go_on(printed)) return false;
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

}  // namespace

Result<ProgramRun> run_program(const ProgramCall& call) {
  Pipe in, out, err;
  if (!in.is_open() || !out.is_open() || !err.is_open()) return system_error("cannot start", call.words.front(), errno);
  const std::int64_t end = now_ms() + call.milliseconds;
  pid_t child = -1;
  if (const int code = spawn(call, in, out, err, child); code != 0)
    return system_error("cannot start", call.words.front(), code);
  in.close_reader();
  out.close_writer();
  err.close_writer();
  ProgramRun run;
  int status = 0;
  Printed printed(call);
  Watch watch(call, child);
  const bool ended =
      converse(call, in, out, err, run, watch, printed) && wait_until(child, end, status, watch, printed);
  run.was_stopped = watch.stopped();
  run.timed_out = !ended && !run.was_stopped;
  printed.cut(run.output);
  printed.cut(run.errors);
  if (!ended) {
    ::kill(-child, SIGKILL);  // the whole group: it may have started others
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  }
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

std::vector<std::string> process_environment() {
  std::vector<std::string> all;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at) all.emplace_back(*at);
  return all;
}

}  // namespace cascade::files
