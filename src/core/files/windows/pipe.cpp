#include "files/windows/pipe.h"

#include <algorithm>
#include <string>

#include "files/loopback.h"
#include "files/windows/access.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

constexpr DWORD room = 64 * 1024;

}  // namespace

// Only a pipe with a name can be asked not to block. Its name cannot be guessed, and nobody else may open it.
bool open_pipe(PipeKind kind, Pipe& pipe) {
  const std::wstring name = L"\\\\.\\pipe\\cascade-" + wide(random_token());
  const bool reads = kind == PipeKind::we_read;
  const Access access(0600);
  pipe.ours = Handle(::CreateNamedPipeW(
      name.c_str(),
      (reads ? PIPE_ACCESS_INBOUND : PIPE_ACCESS_OUTBOUND) | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
      PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1, room, room, 0, access.attributes()));
  SECURITY_ATTRIBUTES inherits{sizeof inherits, nullptr, TRUE};
  pipe.theirs = Handle(
      ::CreateFileW(name.c_str(), reads ? GENERIC_WRITE | FILE_READ_ATTRIBUTES : GENERIC_READ | FILE_WRITE_ATTRIBUTES,
                    0, &inherits, OPEN_EXISTING, 0, nullptr));
  return pipe.ours.is_open() && pipe.theirs.is_open();
}

Transfer::Transfer(Handle pipe) : pipe_(std::move(pipe)), event_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}

Transfer::~Transfer() { close(); }

bool Transfer::begun(bool done) {
  pending_ = done || ::GetLastError() == ERROR_IO_PENDING;
  return pending_;
}

bool Transfer::begin_read(char* bytes, std::size_t size) {
  state_ = {};
  state_.hEvent = event_.get();
  return begun(::ReadFile(pipe_.get(), bytes, static_cast<DWORD>(size), nullptr, &state_) != 0);
}

bool Transfer::begin_write(std::string_view bytes) {
  state_ = {};
  state_.hEvent = event_.get();
  const auto size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), room));
  return begun(::WriteFile(pipe_.get(), bytes.data(), size, nullptr, &state_) != 0);
}

bool Transfer::finish(std::size_t& moved) {
  DWORD count = 0;
  pending_ = false;
  const bool done = ::GetOverlappedResult(pipe_.get(), &state_, &count, TRUE) != 0;
  moved = count;
  return done;
}

void Transfer::cancel() {
  if (!pending_) return;
  ::CancelIoEx(pipe_.get(), &state_);
  std::size_t ignored = 0;
  finish(ignored);
}

void Transfer::close() {
  cancel();
  pipe_ = Handle();
}

}  // namespace cascade::files
