// A program that answers lines: one question, one answer, each within a time limit. Both pipes are polled, so a program
// that neither reads nor writes costs no more than the limit. It is killed at the end, whatever it does, because a
// helper that hangs must not outlive the hook that asked it.
#include "files/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "files/posix/system.h"
#include "files/system_error.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every system's header has it

namespace cascade::files {
namespace {

Error failed(const char* what, const std::string& path, int code) {
  Error error = system_error(what, path, code);
  error.code = ErrorCode::unreadable;
  return error;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& words) {
  int to[2] = {-1, -1}, from[2] = {-1, -1};
  if (!system::open_pipe(to)) return failed("cannot make a pipe", words.front(), errno);
  if (!system::open_pipe(from)) {
    const int code = errno;
    ::close(to[0]);
    ::close(to[1]);
    return failed("cannot make a pipe", words.front(), code);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t process = -1;
  const int code = ::posix_spawn(&process, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(to[0]);
  ::close(from[1]);
  ChildProcess child;
  child.path_ = words.front();
  child.input_ = to[1];
  child.output_ = from[0];
  if (code != 0) return failed("cannot start", words.front(), code);
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

}  // namespace cascade::files
