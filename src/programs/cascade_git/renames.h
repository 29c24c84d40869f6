// The renames that git finds by itself. How similar two files must be is git's own affair, and changes what its log
// counts as added and deleted; so the git program is asked, about commits that add and delete files.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "cascade_git/commit_changes.h"
#include "cascade_git/repository_state.h"

namespace cascade::git {

// A commit in which there may be renames.
struct RenameCandidate {
  std::uint32_t commit = 0;  // its place
  ObjectId id;
  std::uint64_t added = 0, deleted = 0;                       // lines of all files
  std::unordered_map<std::string, std::uint64_t> came, went;  // lines of files that were added, and of those deleted
};

bool may_rename(const CommitChanges& changes);
RenameCandidate candidate_of(std::uint32_t place, const ObjectId& id, const CommitChanges& changes);

struct RenamedLines {
  std::uint32_t commit = 0;
  std::uint64_t added = 0, deleted = 0;  // of the commit, as `git log --numstat` counts them
};

struct Renames {
  std::vector<RenamedLines> commits;  // those in which something was renamed
  std::uint64_t unknown = 0;          // candidates that git was not there to tell about
};

Renames find_renames(const RepositoryState& state, std::size_t id_size, const std::vector<RenameCandidate>& candidates);

}  // namespace cascade::git
