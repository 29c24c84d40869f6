// The bytes go into a new file next to the old one, and the new file then takes the name.
#include <algorithm>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/system_error.h"
#include "files/windows/access.h"
#include "files/windows/new_file.h"
#include "files/windows/open.h"
#include "files/windows/rename.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

Result<void> write(const std::string& path, const std::string& temporary, const std::vector<std::string_view>& pieces,
                   unsigned mode, const Seal& seal) {
  const Handle file = open_new(temporary, mode);
  if (!file.is_open()) return unwritable("cannot write", path, last_code());
  const bool written =
      std::all_of(pieces.begin(), pieces.end(), [&](std::string_view piece) { return write_all(file.get(), piece); });
  if (written && seal_file(file.get(), seal) && rename_over(file.get(), temporary, path)) return {};
  const int code = last_code();
  unlink(temporary);
  return unwritable(written ? "cannot replace" : "cannot write", path, code);
}

bool is_directory(const std::string& path) {
  Looked looked;
  return look(path, looked) && looked.stamp.directory;
}

}  // namespace

Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  // The process id keeps concurrent writers apart.
  return write(path, path + "." + std::to_string(own_process()) + ".new", {bytes}, mode, {});
}

Result<void> write_sealed(const std::string& path, const std::vector<std::string_view>& pieces, const Seal& seal,
                          unsigned mode) {
  return write(path, path + ".new", pieces, mode, seal);
}

void seal_again(const std::string& path, const Stamp& known, std::int64_t modified_ns) {
  const Handle file = open_itself(path, FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES);
  Looked looked;
  if (file.is_open() && look(file.get(), looked) && looked.stamp == known) set_modified(file.get(), modified_ns);
}

Result<void> remove_file(const std::string& path) {
  if (unlink(path)) return {};
  const int code = last_code();
  if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) return {};
  return unwritable("cannot remove", path, code);
}

void remove_empty_folder(const std::string& path) { ::RemoveDirectoryW(system_path(path).c_str()); }

Result<void> make_directories(const std::string& path, unsigned mode) {
  const std::string whole = normalise(from_native(path));
  if (is_directory(whole)) return {};
  const Access access(mode);
  for (std::size_t end = whole.find('/', std::max<std::size_t>(root_size(whole), 1));; end = whole.find('/', end + 1)) {
    const std::string part = whole.substr(0, end);
    if (::CreateDirectoryW(system_path(part).c_str(), access.attributes()) == 0) {
      const int code = last_code();
      if (code != ERROR_ALREADY_EXISTS && !is_directory(part)) return unwritable("cannot create folder", part, code);
    }
    if (end == std::string::npos) break;
  }
  if (!is_directory(whole)) return Error{ErrorCode::unwritable, "not a folder", path, ""};
  return {};
}

namespace {

std::uint64_t granularity() {
  SYSTEM_INFO info;
  ::GetSystemInfo(&info);
  return info.dwAllocationGranularity;
}

}  // namespace

MappedPart::~MappedPart() {
  if (begin_ != nullptr) ::UnmapViewOfFile(begin_);
}

Result<GrowingFile> GrowingFile::begin(const std::string& path, unsigned mode) {
  Handle file = open_new(unfinished(path), mode);
  if (!file.is_open()) return unwritable("cannot write", path, last_code());
  return GrowingFile(path, number_of(file.release()));
}

GrowingFile::~GrowingFile() {
  if (file_ == -1) return;
  const Handle closing(handle_of(file_));
  unlink(unfinished(path_));
}

Result<void> GrowingFile::append(const std::vector<std::string_view>& pieces) {
  for (const std::string_view piece : pieces) {
    if (!write_all(handle_of(file_), piece)) return unwritable("cannot write", path_, last_code());
    size_ += piece.size();
  }
  return {};
}

Result<MappedPart> GrowingFile::part(std::uint64_t offset, std::size_t length) const {
  if (length == 0) return MappedPart(nullptr, 0, {});
  const std::uint64_t before = offset % granularity(), from = offset - before;
  const Handle mapping(::CreateFileMappingW(handle_of(file_), nullptr, PAGE_READONLY, 0, 0, nullptr));
  void* const begin = mapping.is_open()
                          ? ::MapViewOfFile(mapping.get(), FILE_MAP_READ, static_cast<DWORD>(from >> 32),
                                            static_cast<DWORD>(from), static_cast<std::size_t>(before) + length)
                          : nullptr;
  if (begin == nullptr) return system_error("cannot map", path_, last_code());
  return MappedPart(begin, before + length, {static_cast<const char*>(begin) + before, length});
}

Error GrowingFile::give_up(const char* what) {
  const int failed = last_code();
  unlink(unfinished(path_));
  return unwritable(what, path_, failed);
}

Result<void> GrowingFile::finish(std::string_view first_bytes, const Seal& seal) {
  const Handle file(handle_of(std::exchange(file_, -1)));
  const LARGE_INTEGER start{};
  const bool written = ::SetFilePointerEx(file.get(), start, nullptr, FILE_BEGIN) != 0 &&
                       write_all(file.get(), first_bytes) && seal_file(file.get(), seal);
  if (!written) return give_up("cannot write");
  if (!rename_over(file.get(), unfinished(path_), path_)) return give_up("cannot replace");
  return {};
}

Result<void> make_private_file(const std::string& path) {
  if (open_ours(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_ALWAYS, 0600).is_open()) return {};
  return unwritable("cannot make", path, last_code());
}

Result<std::string> read_head(const std::string& path, std::size_t bytes) {
  const Handle file = open_there(path);
  std::string head(bytes, '\0');
  std::size_t filled = 0;
  if (!file.is_open() || !read_at(file.get(), 0, head.data(), bytes, filled)) {
    Error error = system_error("cannot read", path, last_code());
    error.code = ErrorCode::unreadable;
    return error;
  }
  head.resize(filled);
  return head;
}

Result<void> move_file(const std::string& from, const std::string& to) {
  if (::MoveFileExW(system_path(from).c_str(), system_path(to).c_str(), 0) != 0) return {};
  return unwritable("cannot move", from, last_code());
}

}  // namespace cascade::files
