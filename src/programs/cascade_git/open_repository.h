// Opens a repository by libgit2, and asks the git program what only that knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cascade_git/object_store.h"
#include "syntax/node.h"

struct git_commit;
struct git_repository;
struct git_tree;

namespace cascade::git {

struct Tag {
  std::string name;
  ObjectId commit;
  std::int64_t time = 0;  // when the tag was made, or 0: it has no time of its own
};

// What decides which history a repository shows: its branch, its tags, and whatever makes it incomplete.
struct RepositoryState {
  std::string error;  // a word of the protocol (repository_facts.h); empty: the rest is set
  std::string git_dir, branch;
  ObjectId head;
  ObjectIds shallow;           // commits whose parents were cut off
  std::uint32_t grafts = 0;    // in info/grafts: git log shows other parents than the commits have
  std::uint32_t replaced = 0;  // refs/replace/*: git log shows other objects
  bool is_partial = false;     // a remote was asked to leave objects out
  std::vector<Tag> tags;       // by name
};

// Trimmed, without empty ones and comments; none if there is no such file.
std::vector<std::string> lines_of_file(const std::string& path);

// The repository around `directory`, or the one in `git_dir` if that is not empty. Null: `error` is a word of the
// protocol (repository_facts.h). libgit2 would read who owns a repository, and whom the user trusts, in its own way;
// git's decides. The caller frees it.
git_repository* open_as_git(const std::string& directory, const std::string& git_dir, std::string& error);

// `branch`: a revision; empty: HEAD.
RepositoryState look_at(const std::string& directory, const std::string& branch);

// "main" of "refs/heads/main"; empty: no branch.
std::string branch_named(std::string_view ref);
// The branch that HEAD names, even one without commits; empty: HEAD is detached.
std::string current_branch(git_repository* repository);

void free_repository(git_repository* repository);
void free_commit(git_commit* commit);
void free_tree(git_tree* tree);
using RangeRepository = Held<git_repository, free_repository>;
using RangeCommit = Held<git_commit, free_commit>;
using RangeTree = Held<git_tree, free_tree>;

// The repository of a question's directory, with the objects that a push is bringing (a hook that runs before a push is
// taken finds them in folders that the environment names). Null: the error is written.
RangeRepository open_for_range(const syntax::Node& question, const WriteLine& write);

RangeCommit commit_named(git_repository* repository, const std::string& revision);  // null: there is none
RangeCommit parent_of(git_commit* commit);                                          // the first; null: none is there
RangeTree tree_of_commit(git_commit* commit);                                       // null: of null, or it is missing

// The git program is told to fetch nothing, and runs nothing of the repository.

// Where git looks for its repository, as with its options -C, --git-dir and --work-tree; empty: not given.
struct GitPlace {
  std::string directory, git_dir, work_tree;
};

struct GitAnswer {
  int exit = 127;  // also where there is no git
  std::string output, errors;
};

GitAnswer run_git(const GitPlace& place, std::vector<std::string> words, const std::string& input = {});

// The output of the git program with these words; null: there is no git, it failed, or it wrote more than 64 MiB.
std::optional<std::string> ask_git(const std::string& git_dir, std::vector<std::string> words,
                                   const std::string& input);

}  // namespace cascade::git
