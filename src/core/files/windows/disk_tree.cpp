// The tree on disk. A stamp comes from the open file or folder, so it belongs to the bytes that were read. read_below()
// opens the file first and then asks the system where the open file lies, so that no link can be changed in between.
#include <winioctl.h>
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "files/paths.h"
#include "files/tree.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

// Reads at most the size of the moment of opening: a file that grows meanwhile is cut, and its stamp will tell.
Result<std::string> read_whole(HANDLE file, const std::string& path, std::uint64_t max_bytes, Looked& looked) {
  if (!look(file, looked)) return system_error("cannot read", path, last_code());
  if (looked.stamp.directory) return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  if (looked.stamp.size > max_bytes)
    return Error{ErrorCode::unsupported, "larger than " + std::to_string(max_bytes) + " bytes", path, ""};
  std::string text(static_cast<std::size_t>(looked.stamp.size), '\0');
  std::size_t filled = 0;
  if (!read_at(file, 0, text.data(), text.size(), filled)) return system_error("cannot read", path, last_code());
  text.resize(filled);
  return text;
}

// Where an open file lies; empty if the system does not say.
std::string place_of(HANDLE file) {
  std::wstring place(::GetFinalPathNameByHandleW(file, nullptr, 0, FILE_NAME_NORMALIZED), L'\0');
  if (place.empty()) return {};
  place.resize(::GetFinalPathNameByHandleW(file, place.data(), static_cast<DWORD>(place.size()), FILE_NAME_NORMALIZED));
  return inner_path(place);
}

// What <ntifs.h> calls REPARSE_DATA_BUFFER, as far as a link needs it.
struct LinkHead {
  ULONG tag;
  USHORT size, reserved, substitute_offset, substitute_size, shown_offset, shown_size;
};

// The target as the link's author wrote it; empty if the data is of another kind.
std::string target_in(const char* data, std::size_t size) {
  LinkHead head{};
  if (size < sizeof head) return {};
  std::memcpy(&head, data, sizeof head);
  if (head.tag != IO_REPARSE_TAG_SYMLINK && head.tag != IO_REPARSE_TAG_MOUNT_POINT) return {};
  const std::size_t begin = sizeof head + (head.tag == IO_REPARSE_TAG_SYMLINK ? sizeof(ULONG) : 0);
  const bool shown = head.shown_size != 0;
  const std::size_t at = begin + (shown ? head.shown_offset : head.substitute_offset);
  const std::size_t length = shown ? head.shown_size : head.substitute_size;
  if (at + length > size) return {};
  std::wstring text(length / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), data + at, length);
  return inner_path(text.rfind(L"\\??\\", 0) == 0 ? text.substr(4) : text);
}

}  // namespace

Result<std::string> DiskTree::read(const std::string& path, std::uint64_t max_bytes) const {
  const Handle file = open_there(path);
  if (!file.is_open()) return system_error("cannot open", path, last_code());
  Looked looked;
  return read_whole(file.get(), path, max_bytes, looked);
}

Result<std::string> DiskTree::read_below(const std::string& root, const std::string& path,
                                         std::uint64_t max_bytes) const {
  const Error outside{ErrorCode::unreadable, "lies outside the root", path, ""};
  const std::string inner = from_native(path);
  if (is_absolute(inner)) return outside;
  const std::string absolute = join(root, inner);
  const Handle file = open_there(absolute);
  if (!file.is_open()) return system_error("cannot open", absolute, last_code());
  const Handle folder = open_there(root, FILE_READ_ATTRIBUTES);
  if (!folder.is_open()) return system_error("cannot open", root, last_code());
  const std::string place = place_of(file.get()), root_place = place_of(folder.get());
  if (place.empty() || root_place.empty() || !is_within(root_place, place)) return outside;
  Looked looked;
  return read_whole(file.get(), absolute, max_bytes, looked);
}

Result<FileText> DiskTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  const Handle file = open_there(path);
  if (!file.is_open()) return system_error("cannot open", path, last_code());
  Looked before, after;
  auto text = read_whole(file.get(), path, max_bytes, before);
  if (!text) return text.error();
  FileText result{std::move(*text), before.stamp, false};
  result.changed = !look(file.get(), after) || !(after.stamp == before.stamp);
  return result;
}

Result<Listing> DiskTree::list_stamped(const std::string& directory) const {
  const Handle folder = open_there(directory);
  Looked looked;
  if (!folder.is_open() || !look(folder.get(), looked)) return system_error("cannot list", directory, last_code());
  if (!looked.stamp.directory) return system_error("cannot list", directory, ERROR_DIRECTORY);
  Listing listing;
  listing.stamp = looked.stamp;
  if (!files::list(folder.get(), listing.entries)) return system_error("cannot list", directory, last_code());
  std::ranges::sort(listing.entries, [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return listing;
}

Result<Stamp> DiskTree::stat(const std::string& path) const {
  Looked looked;
  if (!look(path, looked)) return system_error("cannot look at", path, last_code());
  return looked.stamp;
}

Result<bool> DiskTree::is_own(const std::string& path) const {
  const Handle file = open_there(path, READ_CONTROL);
  if (!file.is_open()) return system_error("cannot look at", path, last_code());
  const bool own = owns(file.get());
  if (const int code = last_code(); code != 0) return system_error("cannot look at", path, code);
  return own;
}

Result<std::string> DiskTree::real_path(const std::string& path) const {
  const Handle file = open_there(path, FILE_READ_ATTRIBUTES);
  if (!file.is_open()) return system_error("cannot resolve", path, last_code());
  std::string place = place_of(file.get());
  if (place.empty()) return system_error("cannot resolve", path, last_code());
  return place;
}

Result<std::string> DiskTree::link_target(const std::string& path) const {
  const Handle link = open_itself(path, FILE_READ_ATTRIBUTES);
  if (!link.is_open()) return system_error("cannot read the link", path, last_code());
  std::array<char, MAXIMUM_REPARSE_DATA_BUFFER_SIZE> data;
  DWORD size = 0;
  if (::DeviceIoControl(link.get(), FSCTL_GET_REPARSE_POINT, nullptr, 0, data.data(), data.size(), &size, nullptr) == 0)
    return Error{ErrorCode::unreadable, "cannot read the link: it is none", path, ""};
  std::string target = target_in(data.data(), size);
  if (target.empty()) return Error{ErrorCode::unreadable, "cannot read the link: it is of an unknown kind", path, ""};
  return target;
}

Result<std::int64_t> file_system_time(const std::string& path) {
  {
    const Handle file = open_ours(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_ALWAYS, 0600);
    if (!file.is_open() || !write_all(file.get(), "x")) return unwritable("cannot write", path, last_code());
  }
  Looked looked;  // of a closed file: the time of an open one may be set later
  if (!look(path, looked)) return Error{ErrorCode::unwritable, "cannot read the file system's clock", path, ""};
  return looked.stamp.modified_ns;
}

}  // namespace cascade::files
