#include "files/windows/open.h"

#include <algorithm>
#include <array>

#include "files/windows/access.h"
#include "files/windows/wide.h"

#include <winternl.h>

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

}  // namespace cascade::files
