// A folder of one's own for a while.
#pragma once

#include <cascade/result.h>

#include <string>

namespace cascade::files {

// In TMPDIR, else /tmp; only this user may enter it. It goes away with the object, and all that is in it; links in it
// are removed and not followed.
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
