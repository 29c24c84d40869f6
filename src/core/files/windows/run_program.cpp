// Starts the program with three pipes and moves bytes on all of them at once, until both outputs end or the time is up.
// The program and all that it starts are in one job, which is ended as a whole after the time.
#include <array>
#include <ctime>
#include <new>

#include "files/loopback.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "files/windows/open.h"
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

// Each wait has a limit: what was begun is cancelled then, so a program that neither reads nor writes costs no more.
namespace {

Error failed_with(const char* what, const std::string& path, DWORD code) {
  Error error = system_error(what, path, static_cast<int>(code));
  error.code = ErrorCode::unreadable;
  return error;
}

// Borrows a handle that a ChildProcess keeps.
class Borrowed {
 public:
  explicit Borrowed(int number) : transfer_(Handle(copy_of(number))) {}
  Transfer& operator*() { return transfer_; }
  Transfer* operator->() { return &transfer_; }

 private:
  static HANDLE copy_of(int number) {
    HANDLE copy = nullptr;
    const HANDLE us = ::GetCurrentProcess();
    ::DuplicateHandle(us, handle_of(number), us, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS);
    return copy;
  }
  Transfer transfer_;
};

// An error of the system, or 0 once some bytes were moved.
DWORD await(Transfer& transfer, int most_milliseconds, std::size_t& moved) {
  if (::WaitForSingleObject(transfer.event(), static_cast<DWORD>(most_milliseconds)) == WAIT_TIMEOUT) {
    transfer.cancel();
    return ERROR_TIMEOUT;
  }
  return transfer.finish(moved) ? 0 : ERROR_BROKEN_PIPE;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& words) {
  Pipe to, from;
  if (!open_pipe(PipeKind::we_write, to) || !open_pipe(PipeKind::we_read, from))
    return failed_with("cannot make a pipe", words.front(), ::GetLastError());
  const Handle errors = to_hand_on(::GetStdHandle(STD_ERROR_HANDLE));
  Spawn plan{words};
  plan.input = to.theirs.get();
  plan.output = from.theirs.get();
  plan.errors = errors.get();
  Spawned spawned;
  if (const DWORD code = spawn(plan, spawned); code != 0) return failed_with("cannot start", words.front(), code);
  ChildProcess child;
  child.path_ = words.front();
  child.input_ = number_of(to.ours.release());
  child.output_ = number_of(from.ours.release());
  child.process_ = number_of(spawned.process.release());
  return child;
}

Result<std::string> ChildProcess::ask(const std::string& line, int most_milliseconds) {
  const std::string sent = line + "\n";
  Borrowed input(input_);
  for (std::size_t done = 0; done < sent.size();) {
    if (!input->begin_write(std::string_view(sent).substr(done)))
      return failed_with("cannot write to", path_, ::GetLastError());
    std::size_t moved = 0;
    if (const DWORD code = await(*input, most_milliseconds, moved); code != 0)
      return failed_with("cannot write to", path_, code);
    done += moved;
  }
  return next(most_milliseconds);
}

Result<void> ChildProcess::fill(int most_milliseconds) {
  std::array<char, std::size_t{16} << 10> buffer;
  Borrowed output(output_);
  if (!output->begin_read(buffer.data(), buffer.size())) return failed_with("no answer of", path_, ::GetLastError());
  std::size_t got = 0;
  if (const DWORD code = await(*output, most_milliseconds, got); code != 0)
    return failed_with("no answer of", path_, code);
  rest_.append(buffer.data(), got);
  return {};
}

ChildProcess::~ChildProcess() {
  if (input_ != -1) ::CloseHandle(handle_of(input_));
  if (output_ != -1) ::CloseHandle(handle_of(output_));
  if (process_ == -1) return;
  ::TerminateProcess(handle_of(process_), killed);
  ::CloseHandle(handle_of(process_));
}

// Starts a program that outlives its parent: without a console, at low priority, outside of the client's job where that
// allows it. A lock on a range would go with us, so the lock is an open file that the program inherits and that shares
// no reading. Its time says when the last one was started that has not succeeded.
namespace {

// Whoever holds this reads, and lets others only write.
Handle take_lock(const std::string& path) {
  return open_ours(path, GENERIC_READ, OPEN_ALWAYS, 0600, FILE_SHARE_WRITE | FILE_SHARE_DELETE);
}

// False: the last one took the lock too recently.
bool is_due(HANDLE lock, const std::string& path, std::int64_t least_seconds) {
  Looked looked;
  if (!look(lock, looked)) return false;
  const std::int64_t age = std::time(nullptr) - looked.stamp.modified_ns / 1'000'000'000;
  if (looked.stamp.size > 0 && age >= 0 && age < least_seconds) return false;
  const Handle writer = open_ours(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING, 0600);
  return writer.is_open() && write_all(writer.get(), "\n");
}

// Some clients put what they start into a job that they end as a whole.
DWORD start_outside(Spawn plan, Spawned& spawned) {
  plan.flags = DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP | BELOW_NORMAL_PRIORITY_CLASS | CREATE_BREAKAWAY_FROM_JOB;
  const DWORD code = spawn(plan, spawned);
  if (code != ERROR_ACCESS_DENIED) return code;
  plan.flags &= ~static_cast<DWORD>(CREATE_BREAKAWAY_FROM_JOB);
  return spawn(plan, spawned);
}

}  // namespace

Result<bool> start_detached(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& lock_path, std::int64_t least_seconds, std::optional<int>* ended) {
  const Handle lock = take_lock(lock_path);
  if (!lock.is_open()) {
    const int code = last_code();
    if (code == ERROR_SHARING_VIOLATION) return false;
    return unwritable("cannot write", lock_path, code);
  }
  if (!is_due(lock.get(), lock_path, least_seconds)) return false;
  const Handle none = nowhere(), kept = to_hand_on(lock.get());
  Spawn plan{words, nullptr, directory};
  plan.input = plan.output = plan.errors = none.get();
  plan.kept = kept.get();
  Spawned spawned;
  if (const DWORD code = start_outside(plan, spawned); code != 0)
    return unwritable("cannot start", words.front(), static_cast<int>(code));
  DWORD status = 0;
  if (ended != nullptr && ::WaitForSingleObject(spawned.process.get(), DWORD{early_end_ms}) == WAIT_OBJECT_0 &&
      ::GetExitCodeProcess(spawned.process.get(), &status) != 0)
    *ended = static_cast<int>(status);
  return true;
}

// An empty lock file says that no start has to be waited for.
void allow_next_start(const std::string& lock_path) {
  const Handle lock = open_ours(lock_path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING, 0600);
  if (lock.is_open()) ::SetEndOfFile(lock.get());
}

// Windows cannot replace a process. So the other program runs in it as a child, which ends with it, and this one waits
// and ends as the child did.
namespace {

// A file that goes with its last handle, since a pipe holds only so much.
Handle input_of(std::string_view text) {
  std::wstring folder(MAX_PATH + 1, L'\0');
  folder.resize(::GetTempPathW(static_cast<DWORD>(folder.size()), folder.data()));
  SECURITY_ATTRIBUTES inherits{sizeof inherits, nullptr, TRUE};
  Handle file(::CreateFileW((folder + L"cascade-" + wide(random_token())).c_str(), GENERIC_READ | GENERIC_WRITE, 0,
                            &inherits, CREATE_NEW, FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr));
  if (!file.is_open() || !write_all(file.get(), text) ||
      ::SetFilePointer(file.get(), 0, nullptr, FILE_BEGIN) == INVALID_SET_FILE_POINTER)
    return Handle();
  return file;
}

Handle job_that_ends_with_us() {
  Handle job(::CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
  ::SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

}  // namespace

Error become(const std::vector<std::string>& words, bool has_input, std::string_view input) {
  const Handle in = has_input ? input_of(input) : to_hand_on(::GetStdHandle(STD_INPUT_HANDLE));
  if (!in.is_open()) return system_error("cannot pass on the input of", words.front(), last_code());
  const Handle out = to_hand_on(::GetStdHandle(STD_OUTPUT_HANDLE)), err = to_hand_on(::GetStdHandle(STD_ERROR_HANDLE));
  const Handle job = job_that_ends_with_us();
  Spawn plan{words};
  plan.input = in.get();
  plan.output = out.get();
  plan.errors = err.get();
  plan.flags = CREATE_SUSPENDED;
  Spawned spawned;
  if (const DWORD code = spawn(plan, spawned); code != 0)
    return system_error("cannot start", words.front(), static_cast<int>(code));
  ::AssignProcessToJobObject(job.get(), spawned.process.get());
  ::SetConsoleCtrlHandler(nullptr, TRUE);  // Ctrl+C is the child's to answer
  ::ResumeThread(spawned.thread.get());
  ::WaitForSingleObject(spawned.process.get(), INFINITE);
  ::ExitProcess(static_cast<UINT>(exit_code_of(spawned.process.get())));
}

namespace {

struct Job {
  void* (*work)(void*);
  void* given;
};

DWORD WINAPI begin(void* job) {
  const Job mine = *static_cast<Job*>(job);
  delete static_cast<Job*>(job);
  mine.work(mine.given);
  return 0;
}

}  // namespace

bool start_detached(void* (*work)(void*), void* given) noexcept {
  auto* const job = new (std::nothrow) Job{work, given};
  const HANDLE thread = job == nullptr ? nullptr : ::CreateThread(nullptr, 0, begin, job, 0, nullptr);
  if (thread == nullptr) {
    delete job;
    return false;
  }
  ::CloseHandle(thread);
  return true;
}

}  // namespace cascade::files
