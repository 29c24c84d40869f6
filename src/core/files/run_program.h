// Runs another program and waits for its output, with a limit on time and length.
#pragma once

#include <cascade/result.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::files {

struct ProgramCall {
  std::vector<std::string> words;        // words[0] is a path; no shell is involved
  std::string input;                     // the text on its standard input
  std::vector<std::string> environment;  // "NAME=value"; replaces the whole environment
  std::string directory;                 // where it runs; empty: here
  std::uint32_t milliseconds = 2'000;    // it is killed after this
  std::size_t max_bytes = 1 << 20;       // of its output; the rest is read and dropped
  // Open files that it gets as 3, 4 and so on; the caller keeps owning them. With `only_these` it gets no others,
  // whatever this process was started with. On Windows there are none to pass on: unsupported.
  std::vector<int> inherited = {};
  bool only_these = false;
  bool keeps_end = false;  // of its output the last max_bytes are kept, not the first
  // Asked every 100 ms with its process and the bytes that it has printed so far; false: it is killed. May be empty.
  std::function<bool(int process, std::uint64_t bytes)> may_go_on = {};
};

struct ProgramRun {
  std::string output, errors;  // standard output and standard error, each cut to max_bytes
  int exit_code = 0;           // 128 + the number of the signal that ended it
  bool timed_out = false;
  bool was_stopped = false;  // by ProgramCall::may_go_on
};

// not_found, unreadable: the program could not be started. ProgramRun says how it ended. REQUIRES: SIGPIPE is ignored
// (main() does that), because a program need not read its input.
Result<ProgramRun> run_program(const ProgramCall& call);

// Returns this process's environment as "NAME=value", for a call that changes part of it.
std::vector<std::string> process_environment();

// What run_program() keeps of a program's output, and how it asks whether the program may go on. For files/ only.
inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// What a program has printed, within the call's limit.
class Printed {
 public:
  explicit Printed(const ProgramCall& call) : call_(call) {}

  void add(std::string& text, std::string_view more) {
    bytes_ += more.size();
    if (!call_.keeps_end) {
      text.append(more.substr(0, call_.max_bytes - std::min(call_.max_bytes, text.size())));
      return;
    }
    constexpr std::size_t room = std::size_t{16} << 10;
    text.append(more);
    if (text.size() > 2 * call_.max_bytes + room) cut(text);
  }
  void cut(std::string& text) const {
    if (call_.keeps_end && text.size() > call_.max_bytes) text.erase(0, text.size() - call_.max_bytes);
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  const ProgramCall& call_;
  std::uint64_t bytes_ = 0;
};

// Asks the caller from time to time whether the program may go on.
class Watch {
 public:
  Watch(const ProgramCall& call, int process) : call_(call), process_(process) {}

  bool is_on() const { return static_cast<bool>(call_.may_go_on); }
  int shortest(std::int64_t left) const { return static_cast<int>(is_on() ? std::min(left, interval) : left); }
  bool may_go_on(const Printed& printed) {
    if (!is_on() || stopped_) return !stopped_;
    const std::int64_t now = now_ms();
    if (now < next_) return true;
    stopped_ = !call_.may_go_on(process_, printed.bytes());
    next_ = now_ms() + interval;
    return !stopped_;
  }
  bool stopped() const { return stopped_; }

 private:
  static constexpr std::int64_t interval = 100;
  const ProgramCall& call_;
  int process_;
  std::int64_t next_ = 0;
  bool stopped_ = false;
};

// A program that answers questions: one line to its standard input, one line from its standard output.
class ChildProcess {
 public:
  // Starts words[0] (a path). It shares our standard error. Error: unreadable.
  static Result<ChildProcess> start(const std::vector<std::string>& words);

  // Sends `line` and waits for the answer, both without line ends. unreadable: the program ended, was silent for
  // `most_milliseconds`, or sent more than 4 MiB; it cannot be used any more. REQUIRES: SIGPIPE is ignored.
  Result<std::string> ask(const std::string& line, int most_milliseconds);
  // Waits for a further line of the same answer.
  Result<std::string> next(int most_milliseconds);

  ChildProcess(ChildProcess&& other) noexcept { *this = std::move(other); }
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  // Closes its input and kills it without waiting for its end: waiting takes longer than most answers, and the caller
  // ends soon anyway.
  ~ChildProcess();

 private:
  ChildProcess() = default;
  Result<void> fill(int most_milliseconds);  // waits for more of the answer
  int process_ = -1, input_ = -1, output_ = -1;
  std::string path_, rest_;
};

// Starts words[0] (a path) in `directory` without waiting for it, in its own session (on Windows without a console),
// with the standard streams at /dev/null and no other descriptor but that of `lock_path`. It holds the exclusive lock
// on that file until it ends, so there is never a second one. False: one is running, or the last was started less than
// `least_seconds` ago. unwritable: no lock, no process. `ended`: takes its exit code if it ends within a second, which
// is then waited for. REQUIRES: no other thread runs.
Result<bool> start_detached(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& lock_path, std::int64_t least_seconds,
                            std::optional<int>* ended = nullptr);
constexpr std::int64_t early_end_ms = 1'000;

// For a program that has done its work: the next one need not wait. Nothing happens if `lock_path` is missing.
void allow_next_start(const std::string& lock_path);

// Replaces this process by words[0] (a path), with `input` as its standard input if `has_input`. On Windows it runs in
// a child, and this process waits and ends as that does. Returns only if the program could not be started: unreadable.
Error become(const std::vector<std::string>& words, bool has_input, std::string_view input);

// Runs work(given) in a thread that nobody waits for, at the same time as the caller; false: no thread is available. A
// std::thread keeps its function on the heap, and to free that at its end makes a heap for the thread, at the price of
// some five system calls: here the caller keeps `given`.
bool start_detached(void* (*work)(void*), void* given) noexcept;

// Bubblewrap, by which a program is confined.
constexpr std::string_view sandbox_program = "/usr/bin/bwrap";

// The words that start a program without network, without other processes and with every file read-only; what it may
// have besides comes behind them.
std::vector<std::string> sandbox_words(const std::string& sandbox);

// Whether a program can be confined here. Starts one to find out.
bool can_confine(const std::string& sandbox = std::string(sandbox_program));

// The system calls that a confined program may not make, as a filter for seccomp(2) in the form of bubblewrap's
// --seccomp; empty on a machine whose calls are not listed here, and on a system without such a filter.
//
// A network namespace of its own does not keep a program from a Unix socket in a folder: even a read-only file can be
// connected to, and behind it may be a daemon that does anything it is asked (container engines, key agents). So no
// socket can be created that could be connected. A user namespace inside the program's own would give it rights over
// mounts, and keys, tracing and io_uring bypass the other rules.
//
// With Sockets::internet, sockets of the Internet's families may be created: for a program that has a network of its
// own, or may use ours. All other families stay denied.
enum class Sockets { none, internet };
std::string denied_calls(Sockets sockets = Sockets::none);

// What helps where a program cannot be confined.
extern const char* const how_to_confine;

}  // namespace cascade::files
