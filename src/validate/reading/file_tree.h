// The files of the tree under test, and what rules ask about their places.
#pragma once

#include <cascade/validate.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// A path as written in a file, as a path of the tree. `escapes`: it leads above the root.
struct ResolvedPath {
  std::string path;
  bool escapes = false;
};

// The request must outlive it. Safe to share between threads when the request's functions are.
class FileTree {
 public:
  explicit FileTree(const ValidateRequest& request);

  // Sorted; what the configuration ignores altogether is not among them.
  const std::vector<std::string>& files() const noexcept { return files_; }
  bool is_ignored(std::string_view path) const;

  bool has_file(std::string_view path) const;    // O(log files)
  bool has_folder(std::string_view path) const;  // holds a file, at any depth; "" is the root
  PathState state(const std::string& path) const;
  bool exists(const std::string& path) const;

  // `relative` as seen from `folder` (both with '/'; "" is the root).
  static ResolvedPath resolve(std::string_view folder, std::string_view relative);

 private:
  const ValidateRequest& request_;
  std::vector<std::string> files_;
};

}  // namespace cascade::validation
