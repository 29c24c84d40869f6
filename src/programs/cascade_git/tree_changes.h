// Which files differ between two trees, by the names of their contents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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

// Which lines differ between two contents: the counts that git has (its own algorithm, in libgit2), where they are, and
// a hash of each, from which a commit's moved lines and its patch are known again elsewhere.

// Lines count from 1; where a side has none, its `at` is the line before, as git writes it.
struct Hunk {
  std::uint32_t old_at = 0, old_lines = 0, new_at = 0, new_lines = 0;
};

// A line without its white space. `letters`: how many letters and digits it has.
struct LineMark {
  std::uint64_t hash = 0;
  std::uint32_t letters = 0;
};

struct LineChanges {
  std::uint32_t added = 0, deleted = 0;
  bool same_text = false;  // the contents differ in white space and line ends only
  std::vector<Hunk> hunks;
  std::vector<LineMark> added_lines, deleted_lines;  // in order; a line of hash 0 parts two runs
};

bool is_binary(std::string_view bytes);  // as git decides it without attributes

// Null: not there. Empty if the contents are equal.
LineChanges compare_lines(const Content* before, const Content* after);

// How many of the added lines stood among the deleted ones before: runs of at least three lines with twenty letters and
// digits, each deleted line taken once, longest run first at every line.
class MovedLines {
 public:
  explicit MovedLines(const std::vector<LineMark>& deleted);
  std::uint32_t count(const std::vector<LineMark>& added);

 private:
  struct Found {
    std::size_t at = 0, lines = 0;
  };
  Found longest(const std::vector<LineMark>& added, std::size_t from) const;

  const std::vector<LineMark>& deleted_;
  std::vector<bool> taken_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> places_;  // hash and place, sorted
};

// A patch with its context of three lines, without white space and line numbers: equal for a commit and its rebased or
// cherry-picked twin. Adds to `text`.
void write_patch(const Content* before, const Content* after, std::string& text);

}  // namespace cascade::git
