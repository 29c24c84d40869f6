#include "files/windows/spawn.h"

#include <algorithm>
#include <array>
#include <memory>

#include "files/loopback.h"
#include "files/paths.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

bool ends_with(const std::wstring& text, std::wstring_view ending) {
  return text.size() >= ending.size() &&
         ::CompareStringOrdinal(&text[text.size() - ending.size()], static_cast<int>(ending.size()), ending.data(),
                                static_cast<int>(ending.size()), TRUE) == CSTR_EQUAL;
}

bool is_there(const std::wstring& path) { return ::GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES; }

std::wstring program_of(const std::string& word) {
  std::wstring path = plain_path(word);
  return !is_there(path) && is_there(path + L".exe") ? path + L".exe" : path;
}

// Back slashes before a quotation mark count double, and so do those before the closing one.
void append_quoted(std::wstring& line, const std::wstring& word) {
  if (!word.empty() && word.find_first_of(L" \t\n\v\"") == std::wstring::npos) {
    line += word;
    return;
  }
  line += L'"';
  std::size_t slashes = 0;
  for (const wchar_t c : word) {
    if (c == L'\\') {
      ++slashes;
      continue;
    }
    line.append(c == L'"' ? 2 * slashes + 1 : slashes, L'\\');
    slashes = 0;
    line += c;
  }
  line.append(2 * slashes, L'\\');
  line += L'"';
}

bool is_variable(const std::string& line, std::string_view name) {
  return line.size() > name.size() && line[name.size()] == '=' &&
         ::_strnicmp(line.data(), name.data(), name.size()) == 0;
}

// Sorted, as the system wants it. Without SystemRoot, programs cannot even load the system's own libraries.
std::wstring block_of(std::vector<std::string> variables) {
  constexpr std::string_view root = "SystemRoot";
  const bool has_root = std::ranges::any_of(variables, [&](const std::string& one) { return is_variable(one, root); });
  wchar_t folder[MAX_PATH];
  const UINT length = has_root ? 0 : ::GetSystemWindowsDirectoryW(folder, MAX_PATH);
  if (length > 0 && length < MAX_PATH) variables.push_back("SystemRoot=" + narrow({folder, length}));
  std::vector<std::wstring> all;
  for (const std::string& one : variables) all.push_back(wide(one));
  std::ranges::sort(all, [](const std::wstring& a, const std::wstring& b) {
    return ::CompareStringOrdinal(a.c_str(), static_cast<int>(std::min(a.find(L'='), a.size())), b.c_str(),
                                  static_cast<int>(std::min(b.find(L'='), b.size())), TRUE) == CSTR_LESS_THAN;
  });
  std::wstring block;
  for (const std::wstring& one : all) block += one + L'\0';
  block += L'\0';
  return block;
}

// The list of handles that a program may inherit, which the system keeps by address.
class Inherited {
 public:
  explicit Inherited(const Spawn& plan) {
    for (const HANDLE handle : {plan.input, plan.output, plan.errors, plan.kept})
      if (handle != nullptr && std::ranges::find(handles_, handle) == handles_.end()) handles_.push_back(handle);
    SIZE_T size = 0;
    ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    room_ = std::make_unique<std::byte[]>(size);
    made_ = ::InitializeProcThreadAttributeList(list(), 1, 0, &size) != 0;
    good_ = made_ && ::UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                                                 handles_.size() * sizeof(HANDLE), nullptr, nullptr) != 0;
  }
  Inherited(const Inherited&) = delete;
  Inherited& operator=(const Inherited&) = delete;
  ~Inherited() {
    if (made_) ::DeleteProcThreadAttributeList(list());
  }
  bool good() const { return good_; }
  LPPROC_THREAD_ATTRIBUTE_LIST list() const { return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(room_.get()); }

 private:
  std::vector<HANDLE> handles_;
  std::unique_ptr<std::byte[]> room_;
  bool made_ = false, good_ = false;
};

}  // namespace

std::wstring command_line_of(const std::vector<std::string>& words) {
  std::wstring line;
  for (const std::string& word : words) {
    if (!line.empty()) line += L' ';
    append_quoted(line, wide(word));
  }
  return line;
}

DWORD spawn(const Spawn& plan, Spawned& spawned) {
  const std::wstring program = program_of(plan.words.front());
  // The system would start cmd.exe for these, which reads words by rules of its own.
  if (ends_with(program, L".bat") || ends_with(program, L".cmd")) return ERROR_BAD_EXE_FORMAT;
  const Inherited inherited(plan);
  if (!inherited.good()) return ::GetLastError();
  STARTUPINFOEXW start{};
  start.StartupInfo.cb = sizeof start;
  start.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  start.StartupInfo.hStdInput = plan.input;
  start.StartupInfo.hStdOutput = plan.output;
  start.StartupInfo.hStdError = plan.errors;
  start.lpAttributeList = inherited.list();
  std::vector<std::string> words = plan.words;
  words.front() = narrow(program);
  std::wstring line = command_line_of(words), block;
  if (plan.environment != nullptr) block = block_of(*plan.environment);
  const std::wstring folder = plan.directory.empty() ? std::wstring() : plain_path(plan.directory);
  PROCESS_INFORMATION made{};
  if (::CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, TRUE,
                       plan.flags | EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT,
                       block.empty() ? nullptr : block.data(), folder.empty() ? nullptr : folder.c_str(),
                       &start.StartupInfo, &made) == 0)
    return ::GetLastError();
  spawned.process = Handle(made.hProcess);
  spawned.thread = Handle(made.hThread);
  spawned.id = made.dwProcessId;
  return 0;
}

int exit_code_of(HANDLE process) {
  DWORD code = 0;
  ::GetExitCodeProcess(process, &code);
  constexpr DWORD crashed = 0xC000'0000, bad_access = 0xC000'0005;
  if (code == bad_access) return 128 + 11;
  return code >= crashed ? 128 + 6 : static_cast<int>(code);
}

Handle nowhere() {
  SECURITY_ATTRIBUTES inherits{sizeof inherits, nullptr, TRUE};
  return Handle(::CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherits,
                              OPEN_EXISTING, 0, nullptr));
}

Handle to_hand_on(HANDLE handle) {
  HANDLE copy = nullptr;
  const HANDLE us = ::GetCurrentProcess();
  if (handle != nullptr && handle != INVALID_HANDLE_VALUE &&
      ::DuplicateHandle(us, handle, us, &copy, 0, TRUE, DUPLICATE_SAME_ACCESS) != 0)
    return Handle(copy);
  return nowhere();
}

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
