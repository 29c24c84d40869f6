#include "cascade_git/tree_limit.h"

#include <git2.h>

#include "cascade_git/tree_changes.h"

namespace cascade::git {
namespace {

ObjectId id_of(const git_tree* tree) {
  if (tree == nullptr) return {};
  const git_oid* id = git_tree_id(tree);
  return id_of_bytes({reinterpret_cast<const char*>(id->id), sizeof id->id});
}

}  // namespace

bool is_too_large(git_repository* repository, const git_tree* before, const git_tree* after) {
  const std::unique_ptr<ObjectStore> store = cached(view_library(repository), std::size_t{16} << 20);
  return compare_trees(*store, id_of(before), id_of(after)).is_too_large;
}

}  // namespace cascade::git
