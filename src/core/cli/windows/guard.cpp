// Ends a hook that takes too long or crashes. A timer's thread, the filter of unhandled exceptions and the handler of
// abort() share one function, which writes a prepared line to the log and leaves with status 0. A broken process can do
// little, so path and lines are prepared beforehand.
#include "cli/system.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <array>
#include <csignal>
#include <cstring>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/windows/wide.h"

namespace cascade::cli {
namespace {

constexpr std::size_t longest_path = 32'000;

struct {
  std::int64_t now;
  HANDLE timer;
  LPTOP_LEVEL_EXCEPTION_FILTER filter_before;
  std::array<char, 128> too_slow, broken;
  std::array<wchar_t, longest_path + 1> path_of_log;
} watched;

void copy(const std::string& text, std::array<char, 128>& into) {
  const std::size_t length = text.size() < into.size() ? text.size() : 0;
  std::memcpy(into.data(), text.data(), length);
  into[length] = '\0';
}

void end_quietly(const char* line) noexcept {
  if (watched.path_of_log[0] != L'\0') {
    const HANDLE log = ::CreateFileW(watched.path_of_log.data(), FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                     nullptr, OPEN_ALWAYS, FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    DWORD written = 0;
    if (log != INVALID_HANDLE_VALUE) ::WriteFile(log, line, static_cast<DWORD>(std::strlen(line)), &written, nullptr);
  }
  ::TerminateProcess(::GetCurrentProcess(), 0);
}

VOID CALLBACK end_slow(PVOID, BOOLEAN) { end_quietly(watched.too_slow.data()); }

LONG WINAPI end_broken(EXCEPTION_POINTERS*) {
  end_quietly(watched.broken.data());
  return EXCEPTION_EXECUTE_HANDLER;
}

extern "C" void end_aborted(int) { end_quietly(watched.broken.data()); }

void stop_timer() {
  if (watched.timer != nullptr) static_cast<void>(::DeleteTimerQueueTimer(nullptr, watched.timer, nullptr));
  watched.timer = nullptr;
}

void begin_watch(std::uint32_t most_milliseconds) {
  stop_timer();
  copy(std::to_string(watched.now) + " the hook took longer than " + std::to_string(most_milliseconds) +
           " ms; the prompt went on without it\n",
       watched.too_slow);
  ::CreateTimerQueueTimer(&watched.timer, nullptr, end_slow, nullptr, most_milliseconds, 0, WT_EXECUTEONLYONCE);
}

}  // namespace

void Guard::extend(std::uint32_t most_milliseconds) { begin_watch(most_milliseconds); }

Guard::Guard(std::uint32_t most_milliseconds, const std::string& log_path, std::int64_t now) {
  watched.path_of_log[0] = L'\0';
  if (!log_path.empty()) {
    // The log's folder may not exist yet if this is the first fault.
    static_cast<void>(files::make_directories(std::string(files::parent(log_path))));
    const std::wstring path = files::system_path(log_path);
    const std::size_t length = path.size() <= longest_path ? path.copy(watched.path_of_log.data(), longest_path) : 0;
    watched.path_of_log[length] = L'\0';
  }
  watched.now = now;
  const std::string limit = memory_limit();
  copy(std::to_string(now) + (limit.empty() ? " the hook failed; this is a bug in cascade\n"
                                            : " the hook failed, probably for lack of memory: " + limit + "\n"),
       watched.broken);
  ULONG room_after_overflow = 16 * 1024;  // of the stack, for the filter
  ::SetThreadStackGuarantee(&room_after_overflow);
  watched.filter_before = ::SetUnhandledExceptionFilter(end_broken);
  std::signal(SIGABRT, end_aborted);
  begin_watch(most_milliseconds);
}

Guard::~Guard() {
  stop_timer();
  ::SetUnhandledExceptionFilter(watched.filter_before);
  std::signal(SIGABRT, SIG_DFL);
}

}  // namespace cascade::cli
