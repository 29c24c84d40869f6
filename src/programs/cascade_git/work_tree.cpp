// libgit2 compares a commit with the index by reading every folder's tree; each loose one costs five system calls. git
// itself records in the index which tree it matches: after a commit or checkout, the commit's. If that is the tree
// asked for, nothing is staged, and no tree needs to be read.
#include "cascade_git/work_tree.h"

#include "cascade_git/tree_limit.h"

#include <git2.h>

#include <optional>

namespace cascade::git {
namespace {

using IndexPointer = Held<git_index, git_index_free>;

// libgit2 cannot report an index's tree, but it can "write" it, which is only a look-up if the index has it recorded.
// Otherwise it would create trees, which fails because this repository has nowhere to write.
std::optional<git_oid> tree_of(git_index* index) {
  git_odb* nowhere = nullptr;
  if (git_odb_new(&nowhere) != 0) return std::nullopt;
  const Held<git_odb, git_odb_free> objects(nowhere);
  git_repository* made = nullptr;
  if (git_repository_wrap_odb(&made, nowhere) != 0) return std::nullopt;
  const Held<git_repository, git_repository_free> repository(made);
  git_oid id;
  if (git_index_write_tree_to(&id, index, made) != 0) return std::nullopt;
  return id;
}

// Null: something may be staged that differs from `tree`.
DiffPointer unstaged(git_repository* repository, git_tree* tree, const git_diff_options& options) {
  git_index* found = nullptr;
  if (tree == nullptr || git_repository_index(&found, repository) != 0) return nullptr;
  const IndexPointer index(found);
  const auto indexed = tree_of(found);
  if (!indexed || git_oid_equal(&*indexed, git_tree_id(tree)) == 0) return nullptr;
  git_diff* made = nullptr;
  return git_diff_index_to_workdir(&made, repository, found, &options) == 0 ? DiffPointer(made) : nullptr;
}

}  // namespace

void free_difference(git_diff* diff) { git_diff_free(diff); }

DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, std::uint32_t more) {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SKIP_BINARY_CHECK | more;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  if (DiffPointer diff = unstaged(repository, tree, options)) return diff;
  if (is_too_large(repository, nullptr, tree)) return nullptr;
  git_diff* made = nullptr;
  return git_diff_tree_to_workdir_with_index(&made, repository, tree, &options) == 0 ? DiffPointer(made) : nullptr;
}

}  // namespace cascade::git
