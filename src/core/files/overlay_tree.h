// A disk on which some files are replaced: as in a commit, or as an editor holds them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

struct OverlaidFile {
  std::optional<std::string> text;  // none: as if nothing existed there
  bool executable = false;
};

// Without files of its own it is the disk. A folder exists if it is on the disk or a file of the overlay is below it.
// Safe with any number of threads.
class OverlayTree final : public Tree {
 public:
  OverlayTree() = default;
  explicit OverlayTree(std::map<std::string, OverlaidFile> files)
      : files_(std::move(files)) {}  // by absolute real path

  bool is_disk() const noexcept { return files_.empty(); }

  // As DiskTree::read_below().
  Result<std::string> read_below(const std::string& root, const std::string& path, std::uint64_t max_bytes) const;
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override;
  Result<Listing> list_stamped(const std::string& directory) const override;
  Result<Stamp> stat(const std::string& path) const override;
  Result<std::string> real_path(const std::string& path) const override;
  Result<std::string> link_target(const std::string& path) const override;
  Result<bool> is_own(const std::string& path) const override;

 private:
  std::string real_folder(const std::string& path) const;
  const std::string& resolve(const std::string& path) const;  // REQUIRES: mutex_ is held
  const OverlaidFile* find(const std::string& path) const;
  bool has_below(const std::string& folder) const;
  bool changes_listing(const std::string& folder) const;

  DiskTree disk_;
  std::map<std::string, OverlaidFile> files_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::string> folders_;  // path asked for -> links resolved
};

// Remembers failed reads, so that "does not exist" and "could not be read" stay apart. Forwards every access to `tree`,
// which must outlive it. An access that failed for any reason except not_found or unsupported (too large) is noted once
// by its path, because it may succeed another time. Safe with any number of threads.
class NotingTree final : public Tree {
 public:
  explicit NotingTree(const Tree& tree) : tree_(tree) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;
  Result<FileText> read_stamped(const std::string& path, std::uint64_t max_bytes) const override;
  Result<Listing> list_stamped(const std::string& directory) const override;
  Result<Stamp> stat(const std::string& path) const override;
  Result<std::string> real_path(const std::string& path) const override;
  Result<std::string> link_target(const std::string& path) const override;
  Result<bool> is_own(const std::string& path) const override;

  std::vector<Error> failures() const;  // Error::path is the path accessed; sorted by path, each once

 private:
  template <typename T>
  Result<T> noted(const std::string& path, Result<T> result) const;

  const Tree& tree_;
  mutable std::mutex mutex_;
  mutable std::vector<Error> failures_;
};

// Whether a path that could not be read still cannot; false if it can, or no longer exists.
bool is_still_unreadable(const Tree& tree, const std::string& path);

// As Tree::read().
using ReadText = std::function<Result<std::string>(const std::string& path, std::uint64_t max_bytes)>;

// Remembers what was read, so that a file has one text for whoever asks. Failures are not remembered. Belongs to one
// thread.
class ReadOnce {
 public:
  Result<std::string> read(const std::string& path, std::uint64_t max_bytes);

 private:
  std::map<std::string, std::string> texts_;
};

// The disk, except that read() asks `text`; an empty one changes nothing.
class ReadingTree final : public DiskTree {
 public:
  explicit ReadingTree(ReadText text) : text_(std::move(text)) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override;

 private:
  ReadText text_;
};

}  // namespace cascade::files
