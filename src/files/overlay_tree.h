// A disk on which some files are taken to be otherwise: as a commit had them, or as an editor holds them.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "files/tree.h"

namespace cascade::files {

struct OverlaidFile {
  std::optional<std::string> text;  // none: as if nothing were there
  bool executable = false;
};

// Without files of its own it is the disk. A folder is there if the disk has it or a file of the overlay lies below it.
// Safe with any number of threads.
class OverlayTree final : public Tree {
 public:
  OverlayTree() = default;
  explicit OverlayTree(std::map<std::string, OverlaidFile> files)
      : files_(std::move(files)) {}  // by absolute real path

  bool is_disk() const noexcept { return files_.empty(); }

  // As DiskTree has it.
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
  mutable std::map<std::string, std::string> folders_;  // as asked for -> links resolved
};

}  // namespace cascade::files
