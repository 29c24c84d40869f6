// What a work tree has otherwise than a commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cascade::repository {

struct ChangedFile {
  std::string path;                 // relative to the work tree
  std::optional<std::string> text;  // what the commit has there; none: no file
  bool executable = false;          // in the commit
  std::string from;                 // the commit's path of it, where it was renamed; else empty
};

struct Changes {
  std::string work_tree;  // absolute, links resolved
  std::vector<ChangedFile> files;
};

}  // namespace cascade::repository
