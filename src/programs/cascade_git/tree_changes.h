// Which files differ between two trees, by the names of their contents.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cascade_git/object_store.h"

namespace cascade::git {

// One side of a file; `mode` 0: not there.
struct FileSide {
  std::uint32_t mode = 0;
  ObjectId id;

  bool is_there() const { return mode != 0; }
  bool is_module() const { return (mode & 0170000) == 0160000; }
  bool is_link() const { return (mode & 0170000) == 0120000; }
};

struct ChangedPath {
  std::string path;
  FileSide before, after;
};

struct TreeChanges {
  std::vector<ChangedPath> paths;  // in git's order
  std::vector<std::string> lost;   // folders with a tree that cannot be read
  bool is_too_large = false;       // more than `most_files_compared` differ: the others are left out
};

constexpr std::size_t most_files_compared = 500'000;  // of one comparison, with the entries that were looked at for it

// Null ids are empty trees.
TreeChanges compare_trees(ObjectStore& store, const ObjectId& before, const ObjectId& after);

// Every file of a tree.
inline TreeChanges files_of(ObjectStore& store, const ObjectId& tree) { return compare_trees(store, {}, tree); }

}  // namespace cascade::git
