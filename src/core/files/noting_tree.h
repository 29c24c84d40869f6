// A tree that remembers failed reads, so that "does not exist" and "could not be read" stay apart.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

// Forwards every access to `tree`, which must outlive it. An access that failed for any reason except not_found or
// unsupported (too large) is noted once by its path, because it may succeed another time. Safe with any number of
// threads.
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

}  // namespace cascade::files
