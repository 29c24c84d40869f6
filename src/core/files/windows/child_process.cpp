// Each wait has a limit: what was begun is cancelled then, so a program that neither reads nor writes costs no more.
#include "files/child_process.h"

#include <array>

#include "files/system_error.h"
#include "files/windows/pipe.h"
#include "files/windows/spawn.h"

namespace cascade::files {
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

}  // namespace cascade::files
