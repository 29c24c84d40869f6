// The bytes go into a new file next to the old one, and the new file then takes the name.
#include <algorithm>
#include <cstdint>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

Result<void> write(const std::string& path, const std::string& temporary, const std::vector<std::string_view>& pieces,
                   unsigned mode, const Seal& seal) {
  const Handle file = open_new(temporary, mode);
  if (!file.is_open()) return unwritable("cannot write", path, last_code());
  const bool written =
      std::ranges::all_of(pieces, [&](std::string_view piece) { return write_all(file.get(), piece); });
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

Result<void> write_output(const std::string& path, std::string_view bytes, unsigned mode) {
  return write_atomically(path, bytes, mode);
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

// Changes a user's file in these steps: write a new file next to it, flush it to the disk, let the system exchange the
// two (ReplaceFile keeps the old one's access lists, attributes and streams), then compare the old one with what was
// expected. If another program wrote in between, its bytes are now in the file we took out, and it gets its name back.
// A file with several hard links is written in place, since an exchange would separate them.

namespace {

Error stale(const std::string& path) {
  return {ErrorCode::stale, "the file has changed in the meantime", path, "run the command again"};
}

bool holds(HANDLE file, std::string_view expected) {
  std::string block(std::size_t{64} << 10, '\0');
  for (std::uint64_t at = 0;;) {
    std::size_t got = 0;
    if (!read_at(file, at, block.data(), block.size(), got)) return false;
    if (got == 0) return expected.empty();
    if (expected.substr(0, got) != std::string_view(block).substr(0, got)) return false;
    expected.remove_prefix(got);
    at += got;
  }
}

bool holds(const std::string& path, std::string_view expected) {
  const Handle file = open_itself(path);
  return file.is_open() && holds(file.get(), expected);
}

// The process id keeps concurrent writers apart; a leftover of a killed process with the same id is removed.
std::string beside(const std::string& path, const char* ending) {
  std::string name = path + "." + std::to_string(own_process()) + ending;
  unlink(name);
  return name;
}

// Writes a new file and flushes it to the disk. Leaves nothing behind if it fails.
Handle write_twin(const std::string& twin, std::string_view bytes, unsigned mode) {
  Handle file = open_ours(twin, GENERIC_WRITE | DELETE | FILE_READ_ATTRIBUTES, CREATE_NEW, mode);
  if (file.is_open() && write_all(file.get(), bytes) && ::FlushFileBuffers(file.get()) != 0) return file;
  const DWORD code = ::GetLastError();
  file = Handle();
  unlink(twin);
  ::SetLastError(code);
  return Handle();
}

// `path` gets the file `twin`, and what was at `path` gets the name `old`.
bool exchange(const std::string& path, const std::string& twin, const std::string& old) {
  constexpr int most_tries = 100, pause_ms = 10;
  const std::wstring target = system_path(path), source = system_path(twin), backup = system_path(old);
  for (int tries = 0; tries < most_tries; ++tries) {
    if (::ReplaceFileW(target.c_str(), source.c_str(), backup.c_str(), 0, nullptr, nullptr) != 0) return true;
    const DWORD code = ::GetLastError();
    if (code != ERROR_SHARING_VIOLATION && code != ERROR_UNABLE_TO_REMOVE_REPLACED) return false;
    ::Sleep(pause_ms);
  }
  return false;
}

// Our text is at `path`, and another program's newer text at `old`: gives that one its name back. If the program wrote
// again meanwhile, the file taken out is newer still, and goes back the same way.
void give_back(const std::string& path, std::string old, std::string other, std::string_view ours) {
  constexpr int most_exchanges = 100;
  for (int turn = 0; turn < most_exchanges; ++turn) {
    if (!exchange(path, old, other)) return;
    const bool was_ours = holds(other, ours);
    std::swap(old, other);
    if (was_ours) break;
  }
  unlink(old);
}

Result<void> replace_by_twin(const std::string& path, std::string_view before, std::string_view after) {
  const std::string twin = beside(path, ".new"), old = beside(path, ".old");
  if (!write_twin(twin, after, 0600).is_open()) return unwritable("cannot write", path, last_code());
  if (!exchange(path, twin, old)) {
    const int code = last_code();
    unlink(twin);
    return unwritable("cannot write", path, code);
  }
  if (!holds(old, before)) {
    give_back(path, old, twin, after);
    return stale(path);
  }
  unlink(old);
  return {};
}

bool write_from_start(HANDLE file, std::string_view bytes) {
  return ::SetFilePointer(file, 0, nullptr, FILE_BEGIN) != INVALID_SET_FILE_POINTER && write_all(file, bytes) &&
         ::SetEndOfFile(file) != 0 && ::FlushFileBuffers(file) != 0;
}

// A longer text gets its space first.
bool reserve(HANDLE file, std::size_t size) {
  LARGE_INTEGER end{};
  end.QuadPart = static_cast<LONGLONG>(size);
  return ::SetFilePointerEx(file, end, nullptr, FILE_BEGIN) != 0 && ::SetEndOfFile(file) != 0;
}

Result<void> write_in_place(const std::string& path, std::string_view before, std::string_view after) {
  const Handle file = open_itself(path, GENERIC_READ | GENERIC_WRITE);
  if (!file.is_open()) return unwritable("cannot write", path, last_code());
  if ((after.size() <= before.size() || reserve(file.get(), after.size())) && write_from_start(file.get(), after))
    return {};
  const int code = last_code();
  write_from_start(file.get(), before);
  return unwritable("cannot write", path, code);
}

}  // namespace

Result<void> replace_user_file(const std::string& path, std::string_view before, std::string_view after) {
  Looked looked;
  {
    const Handle old = open_itself(path);
    if (!old.is_open() || !look(old.get(), looked)) return unwritable("cannot write", path, last_code());
    if (looked.link) return unwritable("cannot write", path, ERROR_CANT_ACCESS_FILE);
    if (!holds(old.get(), before)) return stale(path);
  }
  if (looked.read_only)
    return Error{ErrorCode::unwritable, "the file is read-only", path, "attrib -r, then run the command again"};
  return looked.links > 1 ? write_in_place(path, before, after) : replace_by_twin(path, before, after);
}

Result<void> write_user_file(const std::string& path, std::string_view bytes, unsigned mode) {
  const std::string twin = beside(path, ".new");
  const Handle file = write_twin(twin, bytes, mode);
  if (file.is_open() && rename_over(file.get(), twin, path)) return {};
  const int code = last_code();
  if (file.is_open()) unlink(twin);
  return unwritable("cannot write", path, code);
}

}  // namespace cascade::files
