// Since Windows 10 1607, NTFS replaces a name while others have the file open or mapped, as POSIX does. Older systems,
// other file systems and Wine 8 refuse that, but let an open file be moved.
#include "files/windows/rename.h"

#include <cstddef>
#include <cstring>
#include <vector>

#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

// Not in every SDK.
constexpr auto disposition_ex = static_cast<FILE_INFO_BY_HANDLE_CLASS>(21),
               rename_ex = static_cast<FILE_INFO_BY_HANDLE_CLASS>(22);

bool is_in_use(DWORD code) {
  return code == ERROR_SHARING_VIOLATION || code == ERROR_ACCESS_DENIED || code == ERROR_LOCK_VIOLATION ||
         code == ERROR_USER_MAPPED_FILE;
}

bool is_folder(const std::wstring& path) {
  const DWORD attributes = ::GetFileAttributesW(path.c_str());
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

}  // namespace

bool rename_at_once(HANDLE file, const std::string& to) {
  const std::wstring name = system_path(to);
  const std::size_t bytes = name.size() * sizeof(wchar_t);
  std::vector<std::byte> room(sizeof(FILE_RENAME_INFO) + bytes);
  auto& info = *reinterpret_cast<FILE_RENAME_INFO*>(room.data());
  info.Flags = FILE_RENAME_FLAG_REPLACE_IF_EXISTS | FILE_RENAME_FLAG_POSIX_SEMANTICS;
  info.FileNameLength = static_cast<DWORD>(bytes);
  std::memcpy(room.data() + offsetof(FILE_RENAME_INFO, FileName), name.c_str(), bytes);
  return ::SetFileInformationByHandle(file, rename_ex, &info, static_cast<DWORD>(room.size())) != 0;
}

bool rename_over(HANDLE file, const std::string& from, const std::string& to) {
  const std::wstring target = system_path(to), source = system_path(from), aside = target + L".old";
  if (is_folder(target)) {
    ::SetLastError(ERROR_ACCESS_DENIED);
    return false;
  }
  if (rename_at_once(file, to)) return true;
  constexpr int most_tries = 100, pause_ms = 10;
  constexpr DWORD through = MOVEFILE_WRITE_THROUGH;
  for (int tries = 0; tries < most_tries; ++tries) {
    if (::MoveFileExW(source.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING | through) != 0) return true;
    if (!is_in_use(::GetLastError())) return false;
    unlink(to + ".old");
    if (::MoveFileExW(target.c_str(), aside.c_str(), 0) != 0) {
      if (::MoveFileExW(source.c_str(), target.c_str(), through) != 0) {
        unlink(to + ".old");
        return true;
      }
      ::MoveFileExW(aside.c_str(), target.c_str(), 0);
    }
    ::Sleep(pause_ms);
  }
  return false;
}

bool unlink(const std::string& path) {
  const std::wstring name = system_path(path);
  const Handle file(
      ::CreateFileW(name.c_str(), DELETE, sharing, nullptr, OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  struct {
    ULONG flags;
  } how = {0x1 | 0x2 | 0x10};  // delete; as POSIX does; although it is read-only
  if (file.is_open() && ::SetFileInformationByHandle(file.get(), disposition_ex, &how, sizeof how) != 0) return true;
  return ::DeleteFileW(name.c_str()) != 0;
}

}  // namespace cascade::files
