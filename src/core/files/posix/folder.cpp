#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "files/folder.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/posix/system.h"
#include "files/tree.h"

namespace cascade::files {
namespace {

class FolderCopy {
 public:
  explicit FolderCopy(const CopyLimits& limits) : limits_(limits) {}

  Result<void> folder(const std::string& from, const std::string& to, std::size_t depth) {
    if (depth > limits_.depth) return too_large("nests deeper than can be copied", from);
    const auto names = folder_names(from, std::numeric_limits<std::size_t>::max());
    if (!names) return system_error("cannot read", from, errno);
    for (const std::string& name : *names)
      if (auto copied = entry(join(from, name), join(to, name), depth); !copied) return copied;
    return {};
  }

 private:
  static Error too_large(std::string_view what, const std::string& path) {
    return {ErrorCode::unsupported, std::string(what), path, "remove what is built or installed there, and try again"};
  }

  Result<void> entry(const std::string& from, const std::string& to, std::size_t depth) {
    struct stat what {};
    if (::lstat(from.c_str(), &what) != 0)
      return errno == ENOENT ? Result<void>() : system_error("cannot read", from, errno);
    if (++entries_ > limits_.entries) return too_large("has more files than can be copied", from);
    if (S_ISLNK(what.st_mode)) return link(from, to);
    if (S_ISREG(what.st_mode)) return file(from, to, what);
    if (!S_ISDIR(what.st_mode)) return {};
    if (::mkdir(to.c_str(), 0700) != 0) return system_error("cannot make", to, errno);
    if (auto copied = folder(from, to, depth + 1); !copied) return copied;
    ::chmod(to.c_str(), (what.st_mode & 0777U) | 0700U);
    return {};
  }

  static Result<void> link(const std::string& from, const std::string& to) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlink(from.c_str(), target.data(), target.size() - 1);
    if (length < 0 || ::symlink(target.data(), to.c_str()) != 0)
      return system_error("cannot copy the link", from, errno);
    return {};
  }

  Result<void> file(const std::string& from, const std::string& to, const struct stat& what) {
    bytes_ += static_cast<std::uint64_t>(what.st_size);
    if (bytes_ > limits_.bytes) return too_large("is larger than can be copied", from);
    const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (in.get() < 0) return system_error("cannot read", from, errno);
    const Descriptor out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (out.get() < 0) return system_error("cannot write", to, errno);
    std::array<char, std::size_t{64} << 10> block{};
    while (true) {
      const ssize_t count = ::read(in.get(), block.data(), block.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return system_error("cannot read", from, errno);
      if (count == 0) break;
      for (ssize_t done = 0; done < count;) {
        const ssize_t written = ::write(out.get(), block.data() + done, static_cast<std::size_t>(count - done));
        if (written < 0 && errno != EINTR) return system_error("cannot write", to, errno);
        if (written > 0) done += written;
      }
    }
    ::fchmod(out.get(), what.st_mode & 0777U);
    const std::array<timespec, 2> times = {read_at(what), modified_at(what)};
    ::futimens(out.get(), times.data());
    return {};
  }

  CopyLimits limits_;
  std::uint64_t bytes_ = 0, entries_ = 0;
};

// Every entry is opened relative to its open folder and never through a link, so nobody can exchange a folder for a
// link between two steps. Type, permissions and bytes come from the same open file. The limits are checked while
// reading, before memory is spent.

class FolderReader {
 public:
  FolderReader(std::string root, const FolderLimits& limits) : root_(std::move(root)), limits_(limits) {}

  Result<void> read_folder(int parent, const char* name, const std::string& path, std::size_t depth) {
    const int follow = depth == 0 ? 0 : O_NOFOLLOW;
    Descriptor folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | follow));
    if (folder.get() < 0) return system_error("cannot open", place(path), errno);
    if (depth > limits_.depth) return refused("is too deep", path);
    auto names = names_in(folder.get(), path);
    if (!names) return names.error();
    for (const std::string& entry : *names) {
      const std::string below = path.empty() ? entry : path + "/" + entry;
      if (all_.size() >= limits_.entries) return refused("holds too many files", "");
      if (auto read = read_entry(folder.get(), entry, below, depth); !read) return read;
    }
    return {};
  }

  // Whatever is at `name`, a file or a folder.
  Result<void> read_one(const std::string& name) { return read_entry(AT_FDCWD, name, "", 0); }

  std::vector<WholeFile> take() { return std::move(all_); }

 private:
  std::string place(const std::string& path) const { return path.empty() ? root_ : root_ + "/" + path; }
  Error refused(const char* what, const std::string& path) const {
    return {ErrorCode::unsupported, what, place(path), ""};
  }

  Result<std::vector<std::string>> names_in(int folder, const std::string& path) const {
    const int own = ::fcntl(folder, F_DUPFD_CLOEXEC, 0);
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(own < 0 ? nullptr : ::fdopendir(own), ::closedir);
    if (stream == nullptr) {
      const int code = errno;
      if (own >= 0) ::close(own);
      return system_error("cannot list", place(path), code);
    }
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(stream.get())) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      names.push_back(name);
      if (names.size() > limits_.entries) return refused("holds too many files", "");
    }
    std::ranges::sort(names);
    return names;
  }

  Result<void> read_entry(int folder, const std::string& name, const std::string& path, std::size_t depth) {
    // Non-blocking: opening a pipe would wait for its writer.
    Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0 && errno == ELOOP) return refused("is a link", path);
    if (file.get() < 0 && (errno == ENXIO || errno == EOPNOTSUPP))  // a socket, on Linux and on macOS
      return refused("is neither a file nor a folder", path);
    if (file.get() < 0) return system_error("cannot open", place(path), errno);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return system_error("cannot look at", place(path), errno);
    const bool directory = S_ISDIR(status.st_mode);
    if (!directory && !S_ISREG(status.st_mode)) return refused("is neither a file nor a folder", path);
    all_.push_back({path, directory, static_cast<std::uint32_t>(status.st_mode & 07777U), {}});
    if (directory) return read_folder(folder, name.c_str(), path, depth + 1);
    return read_text(file.get(), path, all_.back().text);
  }

  Result<void> read_text(int file, const std::string& path, std::string& text) {
    std::array<char, std::size_t{16} << 10> block;
    while (true) {
      const ssize_t count = ::read(file, block.data(), block.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return system_error("cannot read", place(path), errno);
      if (count == 0) return {};
      bytes_ += static_cast<std::uint64_t>(count);
      if (bytes_ > limits_.bytes) return refused("holds too many bytes", "");
      text.append(block.data(), static_cast<std::size_t>(count));
    }
  }

  std::string root_;
  const FolderLimits& limits_;
  std::uint64_t bytes_ = 0;
  std::vector<WholeFile> all_;
};

}  // namespace

Result<void> copy_folder(const std::string& from, const std::string& to, const CopyLimits& limits) {
  return FolderCopy(limits).folder(from, to, 0);
}

Result<std::vector<WholeFile>> read_whole_folder(const std::string& path, const FolderLimits& limits) {
  FolderReader reader(path, limits);
  if (auto read = reader.read_folder(AT_FDCWD, path.c_str(), "", 0); !read) return read.error();
  std::vector<WholeFile> all = reader.take();
  std::ranges::sort(all, [](const WholeFile& a, const WholeFile& b) { return a.path < b.path; });
  return all;
}

Result<WholeFile> read_whole_file(const std::string& path, const FolderLimits& limits) {
  FolderReader reader(path, limits);
  if (auto read = reader.read_one(path); !read) return read.error();
  WholeFile file = std::move(reader.take().front());
  if (file.directory) return Error{ErrorCode::unsupported, "is a folder", path, ""};
  file.path = path.substr(path.rfind('/') + 1);
  return file;
}

std::optional<std::vector<std::string>> folder_names(const std::string& folder, std::size_t most) {
  const std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(folder.c_str()), ::closedir);
  if (!handle) return std::nullopt;
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(handle.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (names.size() == most) return std::nullopt;
    names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return std::nullopt;
  return names;
}

Result<StatFolder> StatFolder::open(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_error("cannot open", folder, errno);
  return StatFolder(descriptor);
}

StatFolder::~StatFolder() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Stamp> StatFolder::look(const char* relative) const noexcept {
  struct stat info {};
  if (::fstatat(descriptor_, relative, &info, 0) != 0) return std::nullopt;
  return stamp_of(info);
}

std::optional<StatFolder> StatFolder::below(const char* relative) const noexcept {
  const int descriptor = ::openat(descriptor_, relative, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  return StatFolder(descriptor);
}

Result<TemporaryFolder> TemporaryFolder::make() {
  const char* given = std::getenv("TMPDIR");
  std::string path = given != nullptr && given[0] == '/' ? given : "/tmp";
  path = join(path, "cascade-XXXXXX");  // macOS ends TMPDIR with a slash
  if (::mkdtemp(path.data()) == nullptr) return system_error("cannot make", path, errno);
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace cascade::files
