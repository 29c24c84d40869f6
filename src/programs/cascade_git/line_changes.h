// Which lines differ between two contents: the counts that git has (its own algorithm, in libgit2), where they are, and
// a hash of each, from which a commit's moved lines and its patch are known again elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cascade_git/object_store.h"

namespace cascade::git {

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
