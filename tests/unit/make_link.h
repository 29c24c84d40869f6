// Makes symbolic links for tests, also where the library of C++ makes none.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#endif

namespace cascade::test {

#ifdef _WIN32
// The path in the system below Wine; empty on Windows itself.
inline std::string below_wine(const std::filesystem::path& path) {
  using Translate = char*(__cdecl*)(const wchar_t*);
  const FARPROC found = ::GetProcAddress(::GetModuleHandleA("kernel32.dll"), "wine_get_unix_file_name");
  const auto translate = reinterpret_cast<Translate>(reinterpret_cast<void*>(found));
  char* const name = translate == nullptr ? nullptr : translate(std::filesystem::path(path).make_preferred().c_str());
  const std::string result = name == nullptr ? "" : name;
  if (name != nullptr) ::HeapFree(::GetProcessHeap(), 0, name);
  return result;
}

// Wine 8 makes none, but follows those that the system below it has made.
inline bool link_below_wine(const std::string& target, const std::filesystem::path& name) {
  const std::string folder = below_wine(name.parent_path());
  if (folder.empty()) return false;
  const std::string there = std::filesystem::path(target).is_absolute() ? below_wine(target) : target;
  std::string words = "ln -s \"" + there + "\" \"" + folder + "/" + name.filename().string() + "\"";
  STARTUPINFOA start{};
  start.cb = sizeof start;
  PROCESS_INFORMATION made{};
  if (::CreateProcessA("Z:\\bin\\ln", words.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &start, &made) == 0)
    return false;
  ::WaitForSingleObject(made.hProcess, INFINITE);
  ::CloseHandle(made.hProcess);
  ::CloseHandle(made.hThread);
  return true;
}
#endif

// False: this user cannot make links here.
inline bool make_link(const std::string& target, const std::string& name) {
#ifdef _WIN32
  const std::filesystem::path there = std::filesystem::path(name).parent_path() / target;
  const DWORD kind = std::filesystem::is_directory(there) ? SYMBOLIC_LINK_FLAG_DIRECTORY : 0;
  constexpr DWORD without_rights = 2;  // SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE
  std::string native = target;
  for (char& c : native)
    if (c == '/') c = '\\';
  ::CreateSymbolicLinkA(name.c_str(), native.c_str(), kind | without_rights);
  if (::GetFileAttributesA(name.c_str()) != INVALID_FILE_ATTRIBUTES) return true;
  return link_below_wine(target, name);
#else
  std::error_code error;
  std::filesystem::create_symlink(target, name, error);
  return !error;
#endif
}

// Wine 8 shows the file that a link leads to instead of the link, and lacks some more.
inline bool is_wine() {
#ifdef _WIN32
  return ::GetProcAddress(::GetModuleHandleA("ntdll.dll"), "wine_get_version") != nullptr;
#else
  return false;
#endif
}

}  // namespace cascade::test
