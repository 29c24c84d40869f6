// Looks at many files below one folder, relative to its descriptor, at two thirds of the cost of absolute paths
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

  // Follows links; empty: no such entry. `relative` ends with NUL.
  std::optional<Stamp> look(const char* relative) const noexcept;
  // Opens a folder below this one, to look at many of its entries: each name on the way costs about 50 ns per look.
  std::optional<StatFolder> below(const char* relative) const noexcept;

 private:
  explicit StatFolder(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace cascade::files
