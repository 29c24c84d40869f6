// What decides which history a repository shows: its branch, its tags, and whatever makes it incomplete.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cascade_git/commit_walk.h"

namespace cascade::git {

struct Tag {
  std::string name;
  ObjectId commit;
  std::int64_t time = 0;  // when the tag was made, or 0: it has no time of its own
};

struct RepositoryState {
  std::string error;  // a word of the protocol (repository_facts.h); empty: the rest is set
  std::string git_dir, branch;
  bool sha256 = false;
  ObjectId head;
  ObjectIds shallow;           // commits whose parents were cut off
  std::uint32_t grafts = 0;    // in info/grafts: git log shows other parents than the commits have
  std::uint32_t replaced = 0;  // refs/replace/*: git log shows other objects
  bool is_partial = false;     // a remote was asked to leave objects out
  std::vector<Tag> tags;       // by name
};

// Trimmed, without empty ones and comments; none if there is no such file.
std::vector<std::string> lines_of_file(const std::string& path);

}  // namespace cascade::git
