// A private temporary folder.
#pragma once

#include <cascade/result.h>

#include <string>

namespace cascade::files {

// Created in TMPDIR, else in /tmp; only this user may enter it. It is removed with the object, with everything in it;
// links in it are removed, not followed.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make();  // unwritable

  const std::string& path() const noexcept { return path_; }

  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace cascade::files
