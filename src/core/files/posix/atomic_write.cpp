// The bytes go into a new file next to the old one, in few large writes, and the new file then takes the name.
// write_atomically() serves small files that several processes may write. write_sealed() serves the index: the time of
// change is set as a seal, and the two names are exchanged, because renaming over a file makes ext4 flush it first.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/posix/system.h"
#include "files/tree.h"

namespace cascade::files {

namespace {

// Each returns false, or -1, with errno.

// Writes with as few calls as possible: a file that grows by large writes gets large pages in the page cache, which
// are cheaper to map.
bool write_all(int fd, const std::vector<std::string_view>& pieces) {
  std::vector<iovec> left;
  for (const std::string_view piece : pieces)
    if (!piece.empty()) left.push_back({const_cast<char*>(piece.data()), piece.size()});
  for (std::size_t next = 0; next < left.size();) {
    const std::size_t count = std::min<std::size_t>(left.size() - next, IOV_MAX);
    const ssize_t written = ::writev(fd, &left[next], static_cast<int>(count));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    auto done = static_cast<std::size_t>(written);
    for (; next < left.size() && done >= left[next].iov_len; ++next) done -= left[next].iov_len;
    if (done == 0) continue;
    left[next].iov_base = static_cast<char*>(left[next].iov_base) + done;
    left[next].iov_len -= done;
  }
  return true;
}

// The process id keeps concurrent writers apart.
std::string twin_of(const std::string& path) { return path + "." + std::to_string(::getpid()) + ".new"; }

// Opens a new file for writing and reading, after removing one of this name that a killed process left. O_EXCL refuses
// a link that somebody planted.
int open_new(const std::string& path, unsigned mode) {
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  const int fd = ::open(path.c_str(), flags, mode);
  if (fd >= 0 || errno != EEXIST) return fd;
  ::unlink(path.c_str());
  return ::open(path.c_str(), flags, mode);
}

// On a file system that cannot keep the time, the file counts as unsealed and is checked when it is read.
void set_modified(int fd, std::int64_t modified_ns) {
  const timespec times[2] = {{0, UTIME_OMIT}, {modified_ns / 1'000'000'000, modified_ns % 1'000'000'000}};
  ::futimens(fd, times);
}

bool seal_file(int fd, const Seal& seal) {
  if (seal.modified_ns == 0) return true;
  if (seal.to_disk && !system::flush_bytes(fd) && errno != EINVAL && errno != ENOTSUP) return false;
  set_modified(fd, seal.modified_ns);
  return true;
}

// Gives the new file the name of the old one, which is removed. Exchanges the two names if the file system can:
// renaming over an existing file makes ext4 and others flush its bytes to the disk first, which takes longer than
// writing them.
bool take_name(const std::string& temporary, const std::string& path) {
  if (!system::exchange_names(temporary, path)) return std::rename(temporary.c_str(), path.c_str()) == 0;
  ::unlink(temporary.c_str());
  return true;
}

// Removes what was begun and says why, with the `failed` that errno was.
Error given_up(const std::string& begun, const char* what, const std::string& path, int failed) {
  ::unlink(begun.c_str());
  return unwritable(what, path, failed);
}

void make_room(int fd, const std::vector<std::string_view>& pieces) {
  constexpr std::size_t worth_a_call = 1 << 20;
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  if (size >= worth_a_call) system::make_room(fd, static_cast<off_t>(size));
}

bool give_name(const std::string& temporary, const std::string& path) {
  return std::rename(temporary.c_str(), path.c_str()) == 0;
}

Result<void> write(const std::string& path, const std::string& temporary, const std::vector<std::string_view>& pieces,
                   unsigned mode, const Seal& seal, bool (*rename)(const std::string&, const std::string&)) {
  const int fd = open_new(temporary, mode);
  if (fd < 0) return unwritable("cannot write", path, errno);
  make_room(fd, pieces);
  const bool written = write_all(fd, pieces) && seal_file(fd, seal);
  const int code = errno;
  const bool closed = ::close(fd) == 0;
  if (!written || !closed) return given_up(temporary, "cannot write", path, written ? errno : code);
  if (!rename(temporary, path)) return given_up(temporary, "cannot replace", path, errno);
  return {};
}

bool is_folder(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  return write(path, twin_of(path), {bytes}, mode, {}, give_name);
}

Result<void> write_output(const std::string& path, std::string_view bytes, unsigned mode) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || S_ISDIR(info.st_mode)) return write_atomically(path, bytes, mode);
  if (S_ISREG(info.st_mode)) return write_atomically(DiskTree().real_path(path).value_or(path), bytes, mode);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return unwritable("cannot write", path, errno);
  const bool written = write_all(fd, {bytes});
  const int code = errno;
  if (::close(fd) != 0 && written) return unwritable("cannot write", path, errno);
  if (!written) return unwritable("cannot write", path, code);
  return {};
}

Result<void> write_sealed(const std::string& path, const std::vector<std::string_view>& pieces, const Seal& seal,
                          unsigned mode) {
  return write(path, path + ".new", pieces, mode, seal, take_name);
}

void seal_again(const std::string& path, const Stamp& known, std::int64_t modified_ns) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (fd < 0) return;
  struct stat info {};
  if (::fstat(fd, &info) == 0 && stamp_of(info) == known) set_modified(fd, modified_ns);
  ::close(fd);
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return unwritable("cannot remove", path, errno);
  return {};
}

void remove_empty_folder(const std::string& path) { static_cast<void>(::rmdir(path.c_str())); }

Result<void> make_directories(const std::string& path, unsigned mode) {
  const std::string whole = normalise(path);
  if (is_folder(whole)) return {};
  for (std::size_t end = whole.find('/', 1);; end = whole.find('/', end + 1)) {
    const std::string part = whole.substr(0, end);
    if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST && errno != EISDIR)
      return unwritable("cannot create folder", part, errno);
    if (end == std::string::npos) break;
  }
  if (!is_folder(whole)) return Error{ErrorCode::unwritable, "not a folder", path, ""};
  return {};
}

MappedPart::~MappedPart() {
  if (begin_ != nullptr) ::munmap(begin_, length_);
}

Result<GrowingFile> GrowingFile::begin(const std::string& path, unsigned mode) {
  const int file = open_new(unfinished(path), mode);
  if (file < 0) return unwritable("cannot write", path, errno);
  return GrowingFile(path, file);
}

GrowingFile::~GrowingFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(unfinished(path_).c_str());
}

Result<void> GrowingFile::append(const std::vector<std::string_view>& pieces) {
  if (!write_all(file_, pieces)) return unwritable("cannot write", path_, errno);
  for (const std::string_view piece : pieces) size_ += piece.size();
  return {};
}

Result<MappedPart> GrowingFile::part(std::uint64_t offset, std::size_t length) const {
  if (length == 0) return MappedPart(nullptr, 0, {});
  const std::size_t before = offset % static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  void* const begin =
      ::mmap(nullptr, before + length, PROT_READ, MAP_SHARED, file_, static_cast<off_t>(offset - before));
  if (begin == MAP_FAILED) return system_error("cannot map", path_, errno);
  return MappedPart(begin, before + length, {static_cast<const char*>(begin) + before, length});
}

Error GrowingFile::give_up(const char* what) {
  const int failed = errno;
  return given_up(unfinished(path_), what, path_, failed);
}

Result<void> GrowingFile::finish(std::string_view first_bytes, const Seal& seal) {
  const bool written = ::lseek(file_, 0, SEEK_SET) == 0 && write_all(file_, {first_bytes}) && seal_file(file_, seal);
  if (!written) return unwritable("cannot write", path_, errno);
  if (::close(std::exchange(file_, -1)) != 0) return give_up("cannot write");
  if (!take_name(unfinished(path_), path_)) return give_up("cannot replace");
  return {};
}

Result<void> make_private_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return unwritable("cannot make", path, errno);
  ::close(fd);
  return {};
}

Result<std::string> read_head(const std::string& path, std::size_t bytes) {
  std::string head(bytes, '\0');
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const ssize_t length = file.get() < 0 ? -1 : ::read(file.get(), head.data(), bytes);
  if (length < 0) {
    Error error = system_error("cannot read", path, errno);
    error.code = ErrorCode::unreadable;
    return error;
  }
  head.resize(static_cast<std::size_t>(length));
  return head;
}

Result<void> move_file(const std::string& from, const std::string& to) {
  if (::access(to.c_str(), F_OK) == 0) return unwritable("cannot move", to, EEXIST);
  if (::rename(from.c_str(), to.c_str()) != 0) return unwritable("cannot move", from, errno);
  return {};
}

// Changes a user's file in these steps: write a new file next to it with the same mode, owner and attributes, flush it
// to the disk, exchange the two names, then compare the old file with what was expected. If another program wrote in
// between, its bytes are now in the file we took out, and the names are exchanged back. A plain rename would overwrite
// them unseen. A file with several hard links cannot be exchanged without separating them, so it is written in place,
// on space reserved first.
namespace {

Error stale(const std::string& path) {
  return {ErrorCode::stale, "the file has changed in the meantime", path, "run the command again"};
}

bool write_at(int fd, std::string_view bytes, off_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

// Whether the file holds exactly these bytes.
bool holds(int fd, std::string_view expected) {
  std::string block(std::size_t{64} << 10, '\0');
  off_t offset = 0;
  while (true) {
    const ssize_t count = ::pread(fd, block.data(), block.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) return expected.empty();
    const auto size = static_cast<std::size_t>(count);
    if (expected.substr(0, size) != std::string_view(block).substr(0, size)) return false;
    expected.remove_prefix(size);
    offset += count;
  }
}

// Writes the new file with the old one's owner and mode, and flushes it to the disk.
bool write_twin(int twin, int old, const struct stat& info, std::string_view bytes) {
  if (!write_at(twin, bytes, 0)) return false;
  // Only root may give a file away; for others the new file stays theirs.
  if (::fchown(twin, info.st_uid, info.st_gid) != 0) errno = 0;
  if (::fchmod(twin, info.st_mode & 07777) != 0) return false;
  system::copy_attributes(old, twin);
  return ::fsync(twin) == 0;
}

void bring_folder_to_disk(const std::string& path) {
  const Descriptor folder(::open(std::string(parent(path)).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
}

// 0: there is none.
ino_t inode_of(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 ? info.st_ino : 0;
}

// Our text is at `path`, and another program's newer text at `twin`: gives that one its name back. If the program
// wrote again meanwhile, the file taken out is newer still, and goes back the same way.
void give_back(const std::string& path, const std::string& twin, ino_t ours) {
  constexpr int most_exchanges = 100;  // each exchange beyond the first needs another write within microseconds
  for (int turn = 0; turn < most_exchanges; ++turn) {
    const ino_t newest = inode_of(twin);
    if (!system::exchange_names(twin, path) || inode_of(twin) == ours) return;
    ours = newest;
  }
}

// Gives the twin the file's name. The twin's own name is gone afterwards in any case.
Result<void> swap_in(const std::string& path, const std::string& twin, std::string_view before) {
  Result<void> result;
  const ino_t ours = inode_of(twin);
  if (system::exchange_names(twin, path)) {
    const Descriptor old(::open(twin.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (old.get() < 0 || !holds(old.get(), before)) {
      give_back(path, twin, ours);
      result = stale(path);
    }
    ::unlink(twin.c_str());
  } else if (std::rename(twin.c_str(), path.c_str()) != 0) {  // the file system cannot exchange names
    return given_up(twin, "cannot write", path, errno);
  }
  bring_folder_to_disk(path);
  return result;
}

Result<void> replace_by_twin(const std::string& path, int old, const struct stat& info, std::string_view before,
                             std::string_view after) {
  const std::string twin = twin_of(path);
  const Descriptor file(open_new(twin, 0600));
  if (file.get() < 0) return unwritable("cannot write", path, errno);
  if (!write_twin(file.get(), old, info, after)) return given_up(twin, "cannot write", path, errno);
  return swap_in(path, twin, before);
}

Result<void> write_in_place(const std::string& path, std::string_view before, std::string_view after) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0) return unwritable("cannot write", path, errno);
  if (after.size() > before.size()) {
    const int code = system::reserve(file.get(), static_cast<off_t>(after.size()));
    if (code != 0) {
      const bool back = ::ftruncate(file.get(), static_cast<off_t>(before.size())) == 0;
      return unwritable("cannot write", path, back ? code : errno);
    }
  }
  if (write_at(file.get(), after, 0) && ::ftruncate(file.get(), static_cast<off_t>(after.size())) == 0 &&
      ::fsync(file.get()) == 0)
    return {};
  const int code = errno;
  if (write_at(file.get(), before, 0) && ::ftruncate(file.get(), static_cast<off_t>(before.size())) != 0)
    return unwritable("cannot write", path, errno);
  return unwritable("cannot write", path, code);
}

}  // namespace

Result<void> replace_user_file(const std::string& path, std::string_view before, std::string_view after) {
  const Descriptor old(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (old.get() < 0 || ::fstat(old.get(), &info) != 0) return unwritable("cannot write", path, errno);
  if (!holds(old.get(), before)) return stale(path);
  if ((info.st_mode & 0222) == 0)
    return Error{ErrorCode::unwritable, "the file is read-only", path, "chmod u+w, then run the command again"};
  if (info.st_nlink > 1) return write_in_place(path, before, after);
  return replace_by_twin(path, old.get(), info, before, after);
}

Result<void> write_user_file(const std::string& path, std::string_view bytes, unsigned mode) {
  const std::string twin = twin_of(path);
  const Descriptor file(open_new(twin, mode));
  if (file.get() < 0) return unwritable("cannot write", path, errno);
  if (!write_at(file.get(), bytes, 0) || ::fsync(file.get()) != 0 || std::rename(twin.c_str(), path.c_str()) != 0)
    return given_up(twin, "cannot write", path, errno);
  bring_folder_to_disk(path);
  return {};
}

}  // namespace cascade::files
