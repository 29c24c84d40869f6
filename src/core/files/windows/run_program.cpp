// Starts the program with three pipes and moves bytes on all of them at once, until both outputs end or the time is up.
// The program and all that it starts are in one job, which is ended as a whole after the time.
#include "files/run_program.h"

#include <array>

#include "files/program_watch.h"
#include "files/system_error.h"
#include "files/windows/pipe.h"
#include "files/windows/spawn.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

// One output, read piece by piece.
class Output {
 public:
  Output(Handle pipe, std::string& text, Printed& printed)
      : transfer_(std::move(pipe)), text_(text), printed_(printed) {}

  void go_on() {
    if (transfer_.is_open() && !transfer_.is_pending() && !transfer_.begin_read(block_.data(), block_.size()))
      transfer_.close();
  }
  void take() {
    std::size_t got = 0;
    if (!transfer_.finish(got)) return transfer_.close();
    printed_.add(text_, {block_.data(), got});
  }
  Transfer& transfer() { return transfer_; }

 private:
  std::array<char, std::size_t{16} << 10> block_;
  Transfer transfer_;  // after the block: what is pending is cancelled first
  std::string& text_;
  Printed& printed_;
};

class Input {
 public:
  Input(Handle pipe, std::string_view left) : transfer_(std::move(pipe)), left_(left) {}

  void go_on() {
    if (!transfer_.is_open() || transfer_.is_pending()) return;
    if (left_.empty() || !transfer_.begin_write(left_)) transfer_.close();
  }
  void take() {
    std::size_t moved = 0;
    if (!transfer_.finish(moved)) return transfer_.close();
    left_.remove_prefix(moved);
  }
  Transfer& transfer() { return transfer_; }

 private:
  Transfer transfer_;
  std::string_view left_;
};

struct Conversation {
  Input input;
  Output output, errors;
};

// False: the time is up, or it was stopped.
bool converse(Conversation& talk, std::int64_t end, Watch& watch, const Printed& printed) {
  const std::array<Transfer*, 3> all = {&talk.input.transfer(), &talk.output.transfer(), &talk.errors.transfer()};
  while (true) {
    talk.input.go_on();
    talk.output.go_on();
    talk.errors.go_on();
    if (!all[1]->is_open() && !all[2]->is_open()) return true;
    const std::int64_t left = end - now_ms();
    if (left <= 0 || !watch.may_go_on(printed)) return false;
    std::array<HANDLE, 3> events{};
    DWORD count = 0;
    for (const Transfer* one : all)
      if (one->is_pending()) events[count++] = one->event();
    const DWORD found = ::WaitForMultipleObjects(count, events.data(), FALSE, static_cast<DWORD>(watch.shortest(left)));
    if (found == WAIT_TIMEOUT) continue;
    if (found >= WAIT_OBJECT_0 + count) return false;
    const HANDLE done = events[found - WAIT_OBJECT_0];
    if (done == all[0]->event()) talk.input.take();
    if (done == all[1]->event()) talk.output.take();
    if (done == all[2]->event()) talk.errors.take();
  }
}

// Waits for the program's end until `end`; it may run on after closing its streams.
bool wait_until(HANDLE process, std::int64_t end, Watch& watch, const Printed& printed) {
  while (true) {
    const std::int64_t left = std::max<std::int64_t>(0, end - now_ms());
    if (::WaitForSingleObject(process, static_cast<DWORD>(watch.shortest(left))) == WAIT_OBJECT_0) return true;
    if (now_ms() >= end || !watch.may_go_on(printed)) return false;
  }
}

struct Pipes {
  Pipe input, output, errors;
};

// The program does not run before it is in the job.
DWORD start_in(HANDLE job, const ProgramCall& call, const Pipes& pipes, Spawned& spawned) {
  Spawn plan{call.words, &call.environment, call.directory};
  plan.input = pipes.input.theirs.get();
  plan.output = pipes.output.theirs.get();
  plan.errors = pipes.errors.theirs.get();
  plan.flags |= CREATE_SUSPENDED;
  if (const DWORD code = spawn(plan, spawned); code != 0) return code;
  if (::AssignProcessToJobObject(job, spawned.process.get()) == 0) {
    const DWORD code = ::GetLastError();
    ::TerminateProcess(spawned.process.get(), killed);
    return code;
  }
  ::ResumeThread(spawned.thread.get());
  return 0;
}

}  // namespace

Result<ProgramRun> run_program(const ProgramCall& call) {
  const std::string& program = call.words.front();
  if (!call.inherited.empty())
    return Error{ErrorCode::unsupported, "on Windows a program is given no open files of ours", program, ""};
  const Handle job(::CreateJobObjectW(nullptr, nullptr));
  Pipes pipes;
  if (!job.is_open() || !open_pipe(PipeKind::we_write, pipes.input) || !open_pipe(PipeKind::we_read, pipes.output) ||
      !open_pipe(PipeKind::we_read, pipes.errors))
    return system_error("cannot start", program, last_code());
  const std::int64_t end = now_ms() + call.milliseconds;
  Spawned spawned;
  if (const DWORD code = start_in(job.get(), call, pipes, spawned); code != 0)
    return system_error("cannot start", program, static_cast<int>(code));
  for (Pipe* pipe : {&pipes.input, &pipes.output, &pipes.errors}) pipe->theirs = Handle();
  ProgramRun run;
  Printed printed(call);
  Watch watch(call, static_cast<int>(spawned.id));
  Conversation talk{{std::move(pipes.input.ours), call.input},
                    {std::move(pipes.output.ours), run.output, printed},
                    {std::move(pipes.errors.ours), run.errors, printed}};
  const HANDLE process = spawned.process.get();
  const bool ended = converse(talk, end, watch, printed) && wait_until(process, end, watch, printed);
  run.was_stopped = watch.stopped();
  run.timed_out = !ended && !run.was_stopped;
  printed.cut(run.output);
  printed.cut(run.errors);
  if (!ended) {
    ::TerminateJobObject(job.get(), killed);
    ::WaitForSingleObject(process, INFINITE);
  }
  run.exit_code = exit_code_of(process);
  return run;
}

std::vector<std::string> process_environment() {
  std::vector<std::string> all;
  wchar_t* const block = ::GetEnvironmentStringsW();
  if (block == nullptr) return all;
  for (std::wstring_view one = block; !one.empty(); one = one.data() + one.size() + 1)
    if (one.front() != L'=') all.push_back(narrow(one));  // "=C:" is where a drive's folder is kept
  ::FreeEnvironmentStringsW(block);
  return all;
}

}  // namespace cascade::files
