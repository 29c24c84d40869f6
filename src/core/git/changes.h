// The differences between a work tree and a commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cascade::repository {

struct ChangedFile {
  std::string path;                 // relative to the work tree
  std::optional<std::string> text;  // the commit's text; none: the commit does not have the file
  bool executable = false;          // in the commit
  std::string from;                 // the path in the commit, if the file was renamed; else empty
};

struct Changes {
  std::string work_tree;  // absolute, links resolved
  std::vector<ChangedFile> files;
};

}  // namespace cascade::repository
