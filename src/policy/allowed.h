// What the user allowed that no project may allow itself: `cascade allow` writes it, into a file of the user's own.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::policy {

// Files by their absolute path and content: a file that changes is to be allowed again. A folder is allowed whatever is
// in it.
class Allowed {
 public:
  // A file that is not there allows nothing. unreadable, malformed: what it says cannot be relied on.
  static Result<Allowed> read(const files::Tree& tree, const std::string& file);

  // Whether `path` is listed and, if it is a file, holds what it held then; or lies in a folder that is listed.
  bool has(const files::Tree& tree, const std::string& path) const;
  // not_found, unreadable; misuse: a path with a line end.
  Result<void> add(const files::Tree& tree, const std::string& path);
  bool remove(const std::string& path);  // false: it was not listed

  std::vector<std::string> paths() const;  // sorted
  std::string text() const;                // of the file

 private:
  struct Entry {
    std::string path, content;  // content: a hash in hex, or "folder"
  };
  std::vector<Entry> entries_;
};

}  // namespace cascade::policy
