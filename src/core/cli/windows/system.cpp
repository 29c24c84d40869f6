#include "cli/system.h"

#define WIN32_LEAN_AND_MEAN
#include <fcntl.h>
#include <io.h>
#include <unistd.h>
#include <windows.h>

#include <cstdlib>
#include <cstring>

#include "files/tree.h"
#include "files/windows/wide.h"

namespace cascade::cli {
namespace {

HANDLE console_of(int descriptor) noexcept {
  return ::GetStdHandle(descriptor == STDIN_FILENO    ? STD_INPUT_HANDLE
                        : descriptor == STDOUT_FILENO ? STD_OUTPUT_HANDLE
                                                      : STD_ERROR_HANDLE);
}

void ignore_parameter(const wchar_t*, const wchar_t*, const wchar_t*, unsigned, uintptr_t) {}

VOID CALLBACK end_now(PVOID line, BOOLEAN) {
  const auto* const text = static_cast<const char*>(line);
  DWORD written = 0;
  ::WriteFile(::GetStdHandle(STD_ERROR_HANDLE), text, static_cast<DWORD>(std::strlen(text)), &written, nullptr);
  ::TerminateProcess(::GetCurrentProcess(), 1);
}

}  // namespace

// The console shows UTF-8 and obeys our colours. A wrong descriptor is an error, not the end of the process; and no box
// asks a person who may not be there.
void prepare_process() noexcept {
  ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  ::_set_invalid_parameter_handler(ignore_parameter);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::_setmode(descriptor, _O_BINARY);
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    DWORD mode = 0;
    if (::GetConsoleMode(console_of(descriptor), &mode) == 0) continue;
    ::SetConsoleMode(console_of(descriptor), mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    ::SetConsoleOutputCP(CP_UTF8);
  }
  DWORD mode = 0;
  if (::GetConsoleMode(console_of(STDIN_FILENO), &mode) != 0) ::SetConsoleCP(CP_UTF8);
}

void reserve_standard_descriptors() noexcept {
  for (int descriptor = 0; descriptor <= 2; ++descriptor)
    if (::_get_osfhandle(descriptor) < 0 && ::_open("NUL", _O_RDONLY | _O_BINARY) != descriptor) return;
}

bool is_terminal(int descriptor) noexcept {
  DWORD mode = 0;
  return ::GetConsoleMode(console_of(descriptor), &mode) != 0;
}

std::size_t terminal_width() noexcept {
  CONSOLE_SCREEN_BUFFER_INFO info{};
  if (::GetConsoleScreenBufferInfo(console_of(STDOUT_FILENO), &info) == 0) return 80;
  const int columns = info.srWindow.Right - info.srWindow.Left + 1;
  return columns > 0 ? static_cast<std::size_t>(columns) : 80;
}

bool exists(const std::string& path) { return files::DiskTree().stat(path).has_value(); }

// The short name that a volume may keep beside the long one: "C:/PROGRA~1/cascade.exe".
std::string name_for_shells(const std::string& path) {
  if (path.find(' ') == std::string::npos) return path;
  const std::wstring whole = files::plain_path(path);
  std::wstring name(::GetShortPathNameW(whole.c_str(), nullptr, 0), L'\0');
  name.resize(::GetShortPathNameW(whole.c_str(), name.data(), static_cast<DWORD>(name.size())));
  std::string found = files::inner_path(name);
  const bool is_same_file = found.ends_with("/cascade.exe");  // by which our entries are known
  return is_same_file && found.find(' ') == std::string::npos ? found : path;
}

void end_late(unsigned seconds, const char* line) noexcept {
  HANDLE timer = nullptr;
  if (::CreateTimerQueueTimer(&timer, nullptr, end_now, const_cast<char*>(line), seconds * 1000, 0,
                              WT_EXECUTEONLYONCE) == 0)
    ::TerminateProcess(::GetCurrentProcess(), 1);  // who must end in time does not begin without a clock
}

// Only what is read is counted there.
void begin_ticking(const std::string&) {}
void end_ticking() {}

void expect_much_memory() noexcept {}  // the heap here takes no advice

// A job limits its processes.
std::string memory_limit() {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  if (::QueryInformationJobObject(nullptr, JobObjectExtendedLimitInformation, &limits, sizeof limits, nullptr) == 0 ||
      (limits.BasicLimitInformation.LimitFlags & JOB_OBJECT_LIMIT_PROCESS_MEMORY) == 0)
    return {};
  return "its job's limit, " + std::to_string(limits.ProcessMemoryLimit / 1024) + " KiB";
}

}  // namespace cascade::cli
