#include "files/windows/open.h"

#include <aclapi.h>
#include <sddl.h>
#include <winternl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace cascade::files {
namespace {

constexpr std::int64_t steps_to_1970 = 116'444'736'000'000'000;  // of 100 ns, from 1601

std::int64_t nanoseconds(const LARGE_INTEGER& time) { return (time.QuadPart - steps_to_1970) * 100; }

Handle open_path(const std::string& path, DWORD access, DWORD flags) {
  return Handle(::CreateFileW(system_path(path).c_str(), access, sharing, nullptr, OPEN_EXISTING,
                              FILE_FLAG_BACKUP_SEMANTICS | flags, nullptr));
}

// The tag of a link, a junction or a mounted volume. Other tags are of files whose bytes the system brings from
// elsewhere.
bool names_another(DWORD attributes, DWORD tag) {
  constexpr DWORD surrogate = 0x2000'0000;
  return (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 && (tag == 0 || (tag & surrogate) != 0);
}

EntryType type_of(const FILE_FULL_DIR_INFO& entry) {
  if (names_another(entry.FileAttributes, entry.EaSize)) return EntryType::link;  // the tag stands there
  return (entry.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? EntryType::directory : EntryType::file;
}

}  // namespace

Handle open_there(const std::string& path, DWORD access) { return open_path(path, access, 0); }

Handle open_itself(const std::string& path, DWORD access) {
  return open_path(path, access, FILE_FLAG_OPEN_REPARSE_POINT);
}

Handle open_ours(const std::string& path, DWORD access, DWORD creation, unsigned mode, DWORD share) {
  const Access rights(mode);
  Handle file(::CreateFileW(system_path(path).c_str(), access, share, rights.attributes(), creation,
                            FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  Looked looked;
  if (!file.is_open() || creation == CREATE_NEW || !look(file.get(), looked) || !looked.link) return file;
  ::SetLastError(ERROR_CANT_ACCESS_FILE);
  return Handle();
}

Handle open_at(HANDLE folder, const std::wstring& name, DWORD access, ULONG options) {
  UNICODE_STRING text{static_cast<USHORT>(name.size() * sizeof(wchar_t)),
                      static_cast<USHORT>(name.size() * sizeof(wchar_t)), const_cast<wchar_t*>(name.c_str())};
  OBJECT_ATTRIBUTES what{};
  what.Length = sizeof what;
  what.RootDirectory = folder;
  what.ObjectName = &text;
  what.Attributes = OBJ_CASE_INSENSITIVE;
  IO_STATUS_BLOCK done{};
  HANDLE opened = nullptr;
  constexpr ULONG waits = 0x20;  // FILE_SYNCHRONOUS_IO_NONALERT
  const NTSTATUS status = ::NtOpenFile(&opened, access | SYNCHRONIZE, &what, &done, sharing, options | waits);
  if (status >= 0) return Handle(opened);
  ::SetLastError(::RtlNtStatusToDosError(status));
  return Handle();
}

bool look(HANDLE file, Looked& looked) {
  BY_HANDLE_FILE_INFORMATION info{};
  FILE_BASIC_INFO times{};
  if (::GetFileInformationByHandle(file, &info) == 0 ||
      ::GetFileInformationByHandleEx(file, FileBasicInfo, &times, sizeof times) == 0)
    return false;
  const auto whole = [](DWORD high, DWORD low) { return std::uint64_t{high} << 32U | low; };
  FILE_ATTRIBUTE_TAG_INFO tag{};
  const bool special = (info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
  if (special) ::GetFileInformationByHandleEx(file, FileAttributeTagInfo, &tag, sizeof tag);
  const bool directory = (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  looked.stamp = {directory ? 0 : whole(info.nFileSizeHigh, info.nFileSizeLow),
                  whole(info.nFileIndexHigh, info.nFileIndexLow),
                  nanoseconds(times.LastWriteTime),
                  nanoseconds(times.ChangeTime),
                  directory,
                  !directory};  // no bit says it: who may read a file may nearly always run it
  looked.link = special && names_another(info.dwFileAttributes, tag.ReparseTag);
  looked.read_only = (info.dwFileAttributes & FILE_ATTRIBUTE_READONLY) != 0;
  looked.volume = info.dwVolumeSerialNumber;
  looked.links = info.nNumberOfLinks;
  return true;
}

bool look(const std::string& path, Looked& looked) {
  const Handle file = open_there(path, FILE_READ_ATTRIBUTES);
  return file.is_open() && look(file.get(), looked);
}

bool read_at(HANDLE file, std::uint64_t from, char* bytes, std::size_t size, std::size_t& filled) {
  constexpr std::size_t most = std::size_t{1} << 30;
  for (filled = 0; filled < size;) {
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(from + filled);
    place.OffsetHigh = static_cast<DWORD>((from + filled) >> 32U);
    DWORD got = 0;
    if (::ReadFile(file, bytes + filled, static_cast<DWORD>(std::min(size - filled, most)), &got, &place) == 0)
      return ::GetLastError() == ERROR_HANDLE_EOF;
    if (got == 0) return true;
    filled += got;
  }
  return true;
}

bool write_all(HANDLE file, std::string_view bytes) {
  constexpr std::size_t most = std::size_t{1} << 30;
  while (!bytes.empty()) {
    DWORD written = 0;
    if (::WriteFile(file, bytes.data(), static_cast<DWORD>(std::min(bytes.size(), most)), &written, nullptr) == 0)
      return false;
    bytes.remove_prefix(written);
  }
  return true;
}

bool list(HANDLE folder, std::vector<Entry>& entries, std::size_t most) {
  alignas(FILE_FULL_DIR_INFO) std::array<char, std::size_t{32} << 10> room;
  while (entries.size() <= most) {
    if (::GetFileInformationByHandleEx(folder, FileFullDirectoryInfo, room.data(), room.size()) == 0)
      return ::GetLastError() == ERROR_NO_MORE_FILES;
    for (std::size_t at = 0;;) {
      const auto& entry = *reinterpret_cast<const FILE_FULL_DIR_INFO*>(room.data() + at);
      const std::wstring_view name(entry.FileName, entry.FileNameLength / sizeof(wchar_t));
      if (name != L"." && name != L"..") entries.push_back({narrow(name), type_of(entry)});
      if (entry.NextEntryOffset == 0) break;
      at += entry.NextEntryOffset;
    }
  }
  return true;
}

FILETIME file_time(std::int64_t nanoseconds) {
  const auto steps = static_cast<std::uint64_t>(nanoseconds / 100 + steps_to_1970);
  return {static_cast<DWORD>(steps), static_cast<DWORD>(steps >> 32U)};
}

namespace {

// What the process's token says; empty if it does not.
std::vector<char> of_token(TOKEN_INFORMATION_CLASS what) {
  HANDLE opened = nullptr;
  if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &opened) == 0) return {};
  const Handle token(opened);
  DWORD size = 0;
  ::GetTokenInformation(token.get(), what, nullptr, 0, &size);
  std::vector<char> found(size);
  if (::GetTokenInformation(token.get(), what, found.data(), size, &size) == 0) return {};
  return found;
}

// In the language of security descriptors; empty if the system does not say who we are.
std::wstring only_for_user() {
  const std::vector<char> user = of_token(TokenUser);
  LPWSTR name = nullptr;
  if (user.empty() || ::ConvertSidToStringSidW(reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid, &name) == 0)
    return {};
  const std::wstring list = L"D:P(A;OICI;FA;;;" + std::wstring(name) + L")(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
  ::LocalFree(name);
  return list;
}

}  // namespace

Access::Access(unsigned mode) {
  if ((mode & 077U) != 0) return;
  const std::wstring list = only_for_user();
  if (list.empty() ||
      ::ConvertStringSecurityDescriptorToSecurityDescriptorW(list.c_str(), SDDL_REVISION_1, &list_, nullptr) == 0)
    return;
  attributes_ = {sizeof attributes_, list_, FALSE};
}

Access::~Access() {
  if (list_ != nullptr) ::LocalFree(list_);
}

bool owns(HANDLE file) {
  PSID owner = nullptr;
  PSECURITY_DESCRIPTOR list = nullptr;
  const DWORD code =
      ::GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr, nullptr, nullptr, &list);
  bool same = false;
  if (code == ERROR_SUCCESS) {
    const std::vector<char> user = of_token(TokenUser), makes = of_token(TokenOwner);
    same = (!user.empty() && ::EqualSid(owner, reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid) != 0) ||
           (!makes.empty() && ::EqualSid(owner, reinterpret_cast<const TOKEN_OWNER*>(makes.data())->Owner) != 0);
    ::LocalFree(list);
  }
  ::SetLastError(code);
  return same;
}

// Since Windows 10 1607, NTFS replaces a name while others have the file open or mapped, as POSIX does. Older systems,
// other file systems and Wine 8 refuse that, but let an open file be moved.

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

Handle open_new(const std::string& path, unsigned mode) {
  constexpr DWORD access = GENERIC_READ | GENERIC_WRITE | DELETE;
  Handle file = open_ours(path, access, CREATE_NEW, mode);
  if (file.is_open() || ::GetLastError() != ERROR_FILE_EXISTS) return file;
  unlink(path);
  return open_ours(path, access, CREATE_NEW, mode);
}

void set_modified(HANDLE file, std::int64_t modified_ns) {
  const FILETIME time = file_time(modified_ns);
  ::SetFileTime(file, nullptr, nullptr, &time);
}

bool seal_file(HANDLE file, const Seal& seal) {
  if (seal.modified_ns == 0) return true;
  if (seal.to_disk && ::FlushFileBuffers(file) == 0) return false;
  set_modified(file, seal.modified_ns);
  return true;
}

}  // namespace cascade::files
