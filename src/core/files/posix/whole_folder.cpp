// Every entry is opened relative to its open folder and never through a link, so nobody can exchange a folder for a
// link between two steps. Type, permissions and bytes come from the same open file. The limits are checked while
// reading, before memory is spent.
#include "files/whole_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace cascade::files {
namespace {

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
    std::sort(names.begin(), names.end());
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

Result<std::vector<WholeFile>> read_whole_folder(const std::string& path, const FolderLimits& limits) {
  FolderReader reader(path, limits);
  if (auto read = reader.read_folder(AT_FDCWD, path.c_str(), "", 0); !read) return read.error();
  std::vector<WholeFile> all = reader.take();
  std::sort(all.begin(), all.end(), [](const WholeFile& a, const WholeFile& b) { return a.path < b.path; });
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

}  // namespace cascade::files
