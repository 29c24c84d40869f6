// A process is asked by its handle where Windows gives us one, which it does for our own user's.
#include <psapi.h>
#include <shellapi.h>
#include <tlhelp32.h>
#include <winternl.h>
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <thread>

#include "files/paths.h"
#include "files/process.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

Handle open_process(std::int64_t pid, DWORD rights) noexcept {
  return pid <= 0 ? Handle() : Handle(::OpenProcess(rights, FALSE, static_cast<DWORD>(pid)));
}

// Where a 64-bit process keeps what it was started with (winternl.h leaves these out).
constexpr std::size_t parameters_in_peb = 0x20, folder_in_parameters = 0x38, line_in_parameters = 0x70,
                      environment_in_parameters = 0x80, environment_size_in_parameters = 0x3F0;

template <typename T>
bool read_memory(HANDLE process, std::uint64_t place, T& value) {
  SIZE_T got = 0;
  return ::ReadProcessMemory(process, reinterpret_cast<const void*>(place),  // NOLINT(performance-no-int-to-ptr)
                             &value, sizeof value, &got) != 0 &&
         got == sizeof value;
}

std::wstring read_text(HANDLE process, std::uint64_t place, std::uint64_t bytes) {
  constexpr std::uint64_t most = 1 << 21;
  std::wstring text(static_cast<std::size_t>(std::min(bytes, most) / sizeof(wchar_t)), L'\0');
  SIZE_T got = 0;
  if (place == 0 || ::ReadProcessMemory(process, reinterpret_cast<const void*>(place),  // NOLINT
                                        text.data(), text.size() * sizeof(wchar_t), &got) == 0)
    return {};
  text.resize(got / sizeof(wchar_t));
  return text;
}

std::uint64_t parameters_of(HANDLE process) {
  PROCESS_BASIC_INFORMATION basic{};
  std::uint64_t place = 0;
  if (::NtQueryInformationProcess(process, ProcessBasicInformation, &basic, sizeof basic, nullptr) < 0) return 0;
  const auto peb = reinterpret_cast<std::uint64_t>(basic.PebBaseAddress);
  return peb != 0 && read_memory(process, peb + parameters_in_peb, place) ? place : 0;
}

constexpr DWORD to_read = PROCESS_QUERY_INFORMATION | PROCESS_VM_READ;

std::wstring parameter_text(std::int64_t pid, std::size_t offset) {
  const Handle process = open_process(pid, to_read);
  const std::uint64_t parameters = process.is_open() ? parameters_of(process.get()) : 0;
  UNICODE_STRING text{};
  if (parameters == 0 || !read_memory(process.get(), parameters + offset, text)) return {};
  return read_text(process.get(), reinterpret_cast<std::uint64_t>(text.Buffer), text.Length);
}

// The line that started it: the kernel tells it of more processes than let us read their memory.
std::wstring started_with(std::int64_t pid) {
  constexpr auto command_line_of = static_cast<PROCESSINFOCLASS>(60);  // ProcessCommandLineInformation, Windows 8.1
  const Handle process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION);
  alignas(UNICODE_STRING) char room[sizeof(UNICODE_STRING) + 65'536] = {};
  if (!process.is_open() || ::NtQueryInformationProcess(process.get(), command_line_of, room, sizeof room, nullptr) < 0)
    return parameter_text(pid, line_in_parameters);
  const auto& text = *reinterpret_cast<const UNICODE_STRING*>(room);
  return std::wstring(text.Buffer, text.Length / sizeof(wchar_t));
}

std::wstring registry_text(const wchar_t* key, const wchar_t* name) {
  wchar_t text[256] = {};
  DWORD size = sizeof text;
  const LSTATUS code =
      ::RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY, nullptr, text, &size);
  return code == ERROR_SUCCESS ? std::wstring(text) : std::wstring();
}

std::string machine_id() { return narrow(registry_text(L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid")); }

}  // namespace

std::uint64_t process_start(std::int64_t pid) noexcept {
  const Handle process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
  FILETIME begun{}, ended{}, kernel{}, user{};
  // A process stays known after its end as long as somebody holds a handle of it.
  if (!process.is_open() || ::WaitForSingleObject(process.get(), 0) == WAIT_OBJECT_0 ||
      ::GetProcessTimes(process.get(), &begun, &ended, &kernel, &user) == 0)
    return 0;
  return std::uint64_t{begun.dwHighDateTime} << 32U | begun.dwLowDateTime;
}

std::int64_t own_process() noexcept { return ::GetCurrentProcessId(); }

// Windows keeps the parent's number after its end and gives it to somebody else: a parent is older than its child.
std::int64_t parent_of(std::int64_t pid) {
  const Handle process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION);
  PROCESS_BASIC_INFORMATION basic{};
  std::int64_t parent = 0;
  if (process.is_open() &&
      ::NtQueryInformationProcess(process.get(), ProcessBasicInformation, &basic, sizeof basic, nullptr) >= 0)
    parent = static_cast<std::int64_t>(basic.InheritedFromUniqueProcessId);
  else if (!process.is_open())
    for (const ListedProcess& one : all_processes())
      if (one.id == pid) parent = one.parent;
  const std::uint64_t start = process_start(pid), before = process_start(parent);
  return start != 0 && before > start ? 0 : parent;
}

std::int64_t parent_process() noexcept { return parent_of(own_process()); }

std::vector<std::string> command_line(std::int64_t pid) {
  const std::wstring line = started_with(pid);
  int count = 0;
  LPWSTR* const words = line.empty() ? nullptr : ::CommandLineToArgvW(line.c_str(), &count);
  std::vector<std::string> all;
  for (int i = 0; words != nullptr && i < count; ++i) all.push_back(narrow(words[i]));
  ::LocalFree(words);
  return all;
}

std::string working_folder(std::int64_t pid) {
  const std::string path = inner_path(parameter_text(pid, folder_in_parameters));
  return path.empty() ? path : normalise(path);
}

std::string system::name_of(std::int64_t pid) {
  const Handle process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION);
  wchar_t path[1024];
  DWORD size = 1024;
  if (!process.is_open() || ::QueryFullProcessImageNameW(process.get(), 0, path, &size) == 0) return {};
  return std::string(file_name(inner_path({path, size})));
}

// Names are the same in capitals.
bool system::was_started_with(std::int64_t pid, const std::string& beginning) {
  const Handle process = open_process(pid, to_read);
  const std::uint64_t parameters = process.is_open() ? parameters_of(process.get()) : 0;
  std::uint64_t place = 0, size = 0;
  if (parameters == 0 || !read_memory(process.get(), parameters + environment_in_parameters, place) ||
      !read_memory(process.get(), parameters + environment_size_in_parameters, size))
    return false;
  const std::wstring all = read_text(process.get(), place, size), wanted = wide(beginning);
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find(L'\0', begin), all.size());
    if (end == begin) return false;
    const auto length = static_cast<int>(wanted.size());
    if (end - begin >= wanted.size() &&
        ::CompareStringOrdinal(&all[begin], length, wanted.data(), length, TRUE) == CSTR_EQUAL)
      return true;
    begin = end + 1;
  }
  return false;
}

bool has_machine_id() { return !machine_id().empty(); }

std::string machine() {
  wchar_t name[256] = {};
  DWORD size = 256;
  if (::GetComputerNameExW(ComputerNameDnsHostname, name, &size) == 0) size = 0;
  return narrow({name, size}) + " " + machine_id();
}

std::int64_t milliseconds_since_boot() noexcept { return static_cast<std::int64_t>(::GetTickCount64()); }

namespace {

std::uint64_t resident_bytes(DWORD id) {
  const Handle process(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id));
  PROCESS_MEMORY_COUNTERS counters{};
  if (!process.is_open() || ::K32GetProcessMemoryInfo(process.get(), &counters, sizeof counters) == 0) return 0;
  return counters.WorkingSetSize;
}

}  // namespace

std::vector<ListedProcess> all_processes() {
  std::vector<ListedProcess> found;
  const Handle list(::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  PROCESSENTRY32W one{};
  one.dwSize = sizeof one;
  if (!list.is_open()) return found;
  for (BOOL more = ::Process32FirstW(list.get(), &one); more != 0; more = ::Process32NextW(list.get(), &one))
    if (one.th32ProcessID != 0)
      found.push_back({static_cast<int>(one.th32ProcessID), static_cast<int>(one.th32ParentProcessID),
                       resident_bytes(one.th32ProcessID)});
  return found;
}

// The page that the kernel shows every process at this address counts the starts of the machine (ntddk.h,
// KUSER_SHARED_DATA::BootId), since Windows 10; before it, 0 stands there.
std::uint64_t this_boot() noexcept {
  constexpr std::uintptr_t place = 0x7FFE'0000 + 0x2C4;
  return *reinterpret_cast<const volatile std::uint32_t*>(place);  // NOLINT(performance-no-int-to-ptr)
}

// The mask covers the 64 processors of a process's first group.
unsigned processors() noexcept {
  DWORD_PTR allowed = 0, there = 0;
  if (::GetProcessAffinityMask(::GetCurrentProcess(), &allowed, &there) != 0 && allowed != 0)
    return static_cast<unsigned>(std::popcount(static_cast<std::uint64_t>(allowed)));
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace cascade::files
