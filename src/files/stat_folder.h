// Looking at many files below one folder: relative to its descriptor, which costs two thirds of absolute paths
// (docs/performance.md).
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>

#include "files/tree.h"

namespace cascade::files {

// Move-only. look() may be called from several threads at once.
class StatFolder {
 public:
  static Result<StatFolder> open(const std::string& folder);

  StatFolder(StatFolder&& other) noexcept;
  StatFolder& operator=(StatFolder&& other) noexcept;
  StatFolder(const StatFolder&) = delete;
  StatFolder& operator=(const StatFolder&) = delete;
  ~StatFolder();

  // Follows links; empty when there is no such entry. `relative` ends with NUL.
  std::optional<Stamp> look(const char* relative) const noexcept;
  // A folder below this one, to look at many entries of it: each name on the way costs some 50 ns a look.
  std::optional<StatFolder> below(const char* relative) const noexcept;

 private:
  explicit StatFolder(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace cascade::files
