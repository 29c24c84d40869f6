// Opens files and folders, and says what they are. For files/windows only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "files/windows/handle.h"

namespace cascade::files {

// Each leaves the reason of a failure in GetLastError().

constexpr DWORD sharing = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

// A file or a folder that exists; links are followed.
Handle open_there(const std::string& path, DWORD access = GENERIC_READ);
// The same of a link itself.
Handle open_itself(const std::string& path, DWORD access = GENERIC_READ);
// Opens a file of ours or makes one; never through a link. mode as for open(2): see Access.
Handle open_ours(const std::string& path, DWORD access, DWORD creation, unsigned mode, DWORD share = sharing);
// Opens what lies below an open folder; `name` may have back slashes, but no "..". `options` as for NtCreateFile().
Handle open_at(HANDLE folder, const std::wstring& name, DWORD access, ULONG options);

struct Looked {
  Stamp stamp;
  bool link = false;  // or another name for something elsewhere, as a junction; only open_itself() finds one
  bool read_only = false;
  std::uint64_t volume = 0, links = 0;
};
bool look(HANDLE file, Looked& looked);
// Of a path, following links.
bool look(const std::string& path, Looked& looked);

// Fills up to `size` bytes from `from` on and sets `filled`; false: it could not be read.
bool read_at(HANDLE file, std::uint64_t from, char* bytes, std::size_t size, std::size_t& filled);
bool write_all(HANDLE file, std::string_view bytes);  // from where it stands

// Adds the entries of an open folder, unsorted, without "." and "..", until there are more than `most`.
bool list(HANDLE folder, std::vector<Entry>& entries, std::size_t most = SIZE_MAX);

FILETIME file_time(std::int64_t nanoseconds);  // since 1970; the system keeps steps of 100

}  // namespace cascade::files
