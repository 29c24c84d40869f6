// Copies a folder with everything in it.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

struct CopyLimits {
  std::uint64_t bytes = std::uint64_t{4} << 30;
  std::uint64_t entries = 400'000;
  std::size_t depth = 64;
};

// Copies what is in the folder `from` into the empty folder `to`: files with their permissions and times, links as
// links. Devices, pipes and sockets are left out. unsupported: more than `limits`; unreadable, unwritable.
Result<void> copy_folder(const std::string& from, const std::string& to, const CopyLimits& limits = {});

// Reads a whole folder once, so that what is checked is what is used.
struct WholeFile {
  std::string path;        // relative to the folder, with '/'
  bool directory = false;  // true: it has no text
  std::uint32_t mode = 0;  // permissions, 07777 of st_mode
  std::string text;
};

struct FolderLimits {
  std::uint64_t bytes = 4 << 20;
  std::size_t entries = 200, depth = 8;
};

// Sorted by the bytes of the path. `path` may itself be a link; below it none is followed. Each file is opened once,
// so mode and text belong together. unsupported: it holds a link, a device, a pipe or a socket, or more than `limits`;
// not_found, unreadable.
Result<std::vector<WholeFile>> read_whole_folder(const std::string& path, const FolderLimits& limits = {});

// One file, no link: its mode and text belong together. `path` of the result is its name. Errors as above.
Result<WholeFile> read_whole_file(const std::string& path, const FolderLimits& limits = {});

// Moves a folder with everything in it: on one file system, in one step. REQUIRES: nothing is at `to`. unwritable.
Result<void> move_folder(const std::string& from, const std::string& to);
// Removes it with everything in it; links are not followed. Succeeds if there is none. unwritable.
Result<void> remove_folder(const std::string& path);

// The names in a folder, unsorted, without "." and "..". Empty if it cannot be read or holds more than `most`; reading
// stops there.
std::optional<std::vector<std::string>> folder_names(const std::string& folder, std::size_t most);

// Looks at many files below one folder, relative to its descriptor, at two thirds of the cost of absolute paths
// (docs/performance.md). Move-only. look() may be called from several threads at once.
class StatFolder {
 public:
  static Result<StatFolder> open(const std::string& folder);

  StatFolder(StatFolder&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  StatFolder& operator=(StatFolder&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~StatFolder();

  // Follows links; empty: no such entry. `relative` ends with NUL.
  std::optional<Stamp> look(const char* relative) const noexcept;
  // Opens a folder below this one, to look at many of its entries: each name on the way costs about 50 ns per look.
  std::optional<StatFolder> below(const char* relative) const noexcept;

 private:
  explicit StatFolder(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

// Whether a folder is on another machine, that is on a network file system (NFS, SMB, 9P, Ceph, AFS, or FUSE, which may
// be anything): processes on several machines cannot share memory through its files. False if unknown.
bool is_on_network(const std::string& folder) noexcept;

// A private temporary folder, in TMPDIR or else in /tmp: only this user may enter it. It is removed with the object,
// with everything in it; links in it are removed, not followed.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make();  // unwritable

  const std::string& path() const noexcept { return path_; }

  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  ~TemporaryFolder();

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace cascade::files
