// The files of the tree under test, and queries that rules make about them.
#pragma once

#include <cascade/validate.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// text: the content of another file. below: the names of all files below a folder.
enum class LookAt : std::uint8_t { file, folder, state, text, below };

struct Look {
  LookAt at = LookAt::file;
  std::string path;
  std::uint64_t answer = 0;  // different for different answers
};

using Looks = std::vector<Look>;

// A path from a file as a path of the tree. `escapes`: it leads above the root.
struct ResolvedPath {
  std::string path;
  bool escapes = false;
};

// The request must outlive it. Safe to share between threads if the request's functions are.
class FileTree {
 public:
  explicit FileTree(const ValidateRequest& request);
  // Returns the same tree, which from now on notes queries in `looks`: those for files, folders, states, texts and
  // everything below a folder, but not files().
  FileTree noting(Looks& looks) const;

  // Sorted; without files that the configuration ignores altogether.
  const std::vector<std::string>& files() const noexcept { return *files_; }
  Span<std::string> files_below(const std::string& folder) const;
  bool is_ignored(std::string_view path) const;

  bool has_file(std::string_view path) const;    // O(log files)
  bool has_folder(std::string_view path) const;  // holds a file, at any depth; "" is the root
  PathState state(const std::string& path) const;
  bool exists(const std::string& path) const;
  Result<std::string> read(const std::string& path) const;
  bool is_as_noted(const Look& look) const;

  // Resolves `relative` from `folder` (both with '/'; "" is the root).
  static ResolvedPath resolve(std::string_view folder, std::string_view relative);

 private:
  std::uint64_t note(LookAt at, std::string_view path, std::uint64_t answer) const;
  bool find_file(std::string_view path) const;
  bool find_folder(std::string_view path) const;
  PathState find_state(const std::string& path) const;

  const ValidateRequest& request_;
  std::shared_ptr<const std::vector<std::string>> files_;
  Looks* looks_ = nullptr;
};

}  // namespace cascade::validation
