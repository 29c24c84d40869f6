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
// Wine 8 makes none, but follows those that the system below it has made; Z: is that system's root.
inline bool link_below_wine(const std::string& target, const std::string& name) {
  const auto below = [](const std::string& path) { return path.rfind("Z:/", 0) == 0 ? path.substr(2) : path; };
  if (below(name) == name) return false;
  std::string words = "ln -s \"" + below(target) + "\" \"" + below(name) + "\"";
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

// Whether a listing shows a link as one; Wine 8 shows the file that it leads to.
inline bool shows_links() {
#ifdef _WIN32
  return ::GetProcAddress(::GetModuleHandleA("ntdll.dll"), "wine_get_version") == nullptr;
#else
  return true;
#endif
}

}  // namespace cascade::test
