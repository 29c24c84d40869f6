// Spawns the program with three pipes, then polls them: writes the input as far as it is taken and reads both outputs
// until they end or the time is up. Reading and writing alternate, since a program that fills its output before it has
// read its input would otherwise block us both. After the time its whole process group is killed.
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <utility>

#include "files/posix/system.h"
#include "files/run_program.h"
#include "files/tree.h"

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
  // The caller closes it.
  int take_reader() { return std::exchange(ends_[0], -1); }
  int take_writer() { return std::exchange(ends_[1], -1); }

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
    return std::ranges::all_of(parked_, [](int descriptor) { return descriptor >= 0; });
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

// A program that answers lines: one question, one answer, each within a time limit. Both pipes are polled, so a program
// that neither reads nor writes costs no more than the limit. It is killed at the end, whatever it does, because a
// helper that hangs must not outlive the hook that asked it.
namespace {

Error failed(const char* what, const std::string& path, int code) {
  Error error = system_error(what, path, code);
  error.code = ErrorCode::unreadable;
  return error;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& words) {
  Pipe to, from;
  if (!to.is_open() || !from.is_open()) return failed("cannot make a pipe", words.front(), errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to.reader(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from.writer(), STDOUT_FILENO);
  pid_t process = -1;
  const int code = ::posix_spawn(&process, words.front().c_str(), &actions, nullptr, pointers(words).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) return failed("cannot start", words.front(), code);
  ChildProcess child;
  child.path_ = words.front();
  child.input_ = to.take_writer();
  child.output_ = from.take_reader();
  child.process_ = process;
  ::fcntl(child.input_, F_SETFL, O_NONBLOCK);  // who does not read is waited for no longer than who does not answer
  return child;
}

Result<std::string> ChildProcess::ask(const std::string& line, int most_milliseconds) {
  const std::string sent = line + "\n";
  for (std::size_t done = 0; done < sent.size();) {
    const ssize_t count = ::write(input_, sent.data() + done, sent.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) {
      pollfd room{input_, POLLOUT, 0};
      const int found = ::poll(&room, 1, most_milliseconds);
      if (found > 0 || (found < 0 && errno == EINTR)) continue;
      return failed("cannot write to", path_, found == 0 ? ETIMEDOUT : errno);
    }
    if (count <= 0) return failed("cannot write to", path_, errno);
    done += static_cast<std::size_t>(count);
  }
  return next(most_milliseconds);
}

Result<void> ChildProcess::fill(int most_milliseconds) {
  while (true) {
    pollfd ready{output_, POLLIN, 0};
    const int found = ::poll(&ready, 1, most_milliseconds);
    if (found < 0 && errno == EINTR) continue;
    if (found <= 0) return failed("no answer of", path_, found == 0 ? ETIMEDOUT : errno);
    char buffer[16 * 1024];
    const ssize_t got = ::read(output_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return failed("no answer of", path_, got == 0 ? EPIPE : errno);
    rest_.append(buffer, static_cast<std::size_t>(got));
    return {};
  }
}

ChildProcess::~ChildProcess() {
  if (input_ >= 0) ::close(input_);
  if (output_ >= 0) ::close(output_);
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  static_cast<void>(::waitpid(process_, nullptr, WNOHANG));
}

// Starts a program that outlives its parent: a session of its own, no streams, low priority. The lock goes along as
// descriptor 3, so that it is held until the program ends, and its file's time says when the last one was started that
// has not succeeded.

#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 34)
#define CASCADE_CLOSEFROM
#endif
#endif

namespace {

constexpr int lock_descriptor = 3;

void close_from(int first) {
#ifdef CASCADE_CLOSEFROM
  ::closefrom(first);
#else
  constexpr long many = 65'536;
  const long limit = ::sysconf(_SC_OPEN_MAX);  // negative: none
  const long most = limit < 0 ? many : std::min(limit, many);
  for (int fd = first; fd < most; ++fd) ::close(fd);
#endif
}

// Runs in the child after fork: only calls that are safe there.
[[noreturn]] void become(char* const* words, const char* directory, int lock) {
  constexpr int courtesy = 10;  // the user's own work goes first
  ::setsid();
  const int null = ::open("/dev/null", O_RDWR);
  if (null < 0 || ::chdir(directory) != 0) ::_exit(126);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null, stream);
  if (lock == lock_descriptor)
    ::fcntl(lock, F_SETFD, 0);
  else
    ::dup2(lock, lock_descriptor);
  close_from(lock_descriptor + 1);
  if (::nice(courtesy) == -1) errno = 0;  // if this fails, it runs at normal priority
  ::execv(words[0], words);
  ::_exit(127);
}

// The exit code of a program that soon ends; none: it goes on running, or nobody knows.
std::optional<int> early_end_of(pid_t child) {
  for (const std::int64_t end = now_ms() + early_end_ms; now_ms() < end;) {
    int status = 0;
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (ended < 0 && errno != EINTR) break;
    const timespec pause{0, 5'000'000};
    ::nanosleep(&pause, nullptr);
  }
  return std::nullopt;
}

// False: another process holds the lock, or the last one took it too recently.
bool is_due(int lock, std::int64_t least_seconds) {
  struct stat info {};
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0 || ::fstat(lock, &info) != 0) return false;
  const std::int64_t age = std::time(nullptr) - info.st_mtime;
  if (info.st_size > 0 && age >= 0 && age < least_seconds) return false;
  return ::pwrite(lock, "\n", 1, 0) == 1;
}

}  // namespace

Result<bool> start_detached(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& lock_path, std::int64_t least_seconds, std::optional<int>* ended) {
  const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock < 0) return unwritable("cannot write", lock_path, errno);
  if (!is_due(lock, least_seconds)) {
    ::close(lock);
    return false;
  }
  const std::vector<char*> arguments = pointers(words);
  const std::string where = directory.empty() ? "." : directory;
  const pid_t child = ::fork();
  if (child == 0) become(arguments.data(), where.c_str(), lock);
  const int failed = errno;
  ::close(lock);  // the child's copy keeps it locked
  if (child < 0) return unwritable("cannot start", words.front(), failed);
  if (ended != nullptr) *ended = early_end_of(child);
  return true;
}

// An empty lock file says that no start has to be waited for.
void allow_next_start(const std::string& lock_path) {
  const int lock = ::open(lock_path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  if (lock < 0) return;
  if (::ftruncate(lock, 0) != 0) errno = 0;  // then the next one waits
  ::close(lock);
}

Error become(const std::vector<std::string>& words, bool has_input, std::string_view input) {
  if (has_input) {  // an unnamed file, since a pipe holds only so much
    std::FILE* file = std::tmpfile();
    const bool written = file != nullptr && std::fwrite(input.data(), 1, input.size(), file) == input.size() &&
                         std::fflush(file) == 0 && ::lseek(::fileno(file), 0, SEEK_SET) == 0;
    if (!written || ::dup2(::fileno(file), STDIN_FILENO) < 0)
      return system_error("cannot pass on the input of", words.front(), errno);
  }
  const std::vector<char*> arguments = pointers(words);
  ::execv(words.front().c_str(), arguments.data());
  return system_error("cannot start", words.front(), errno);
}

bool start_detached(void* (*work)(void*), void* given) noexcept {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  const bool started = pthread_create(&thread, &attributes, work, given) == 0;
  pthread_attr_destroy(&attributes);
  return started;
}

}  // namespace cascade::files
