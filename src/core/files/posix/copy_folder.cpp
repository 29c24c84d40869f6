#include "files/copy_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <vector>

#include "files/descriptor.h"
#include "files/paths.h"
#include "files/posix/stamp.h"
#include "files/system_error.h"

namespace cascade::files {
namespace {

class FolderCopy {
 public:
  explicit FolderCopy(const CopyLimits& limits) : limits_(limits) {}

  Result<void> folder(const std::string& from, const std::string& to, std::size_t depth) {
    if (depth > limits_.depth) return too_large("nests deeper than can be copied", from);
    DIR* open = ::opendir(from.c_str());
    if (open == nullptr) return system_error("cannot read", from, errno);
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(open)) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    ::closedir(open);
    for (const std::string& name : names)
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

}  // namespace

Result<void> copy_folder(const std::string& from, const std::string& to, const CopyLimits& limits) {
  return FolderCopy(limits).folder(from, to, 0);
}

}  // namespace cascade::files
