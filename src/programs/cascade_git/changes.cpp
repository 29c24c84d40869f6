// The work tree is compared with the tree of the revision, renames included; new files that git does not ignore count
// as added. A renamed file is two entries, the old path that is gone and the new one with `from`, because the reader
// takes the change back path by path. Blobs come filtered as git would check them out, a mebibyte an answer.
#include "cascade_git/changes.h"

#include <git2.h>
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "cascade_git/object_store.h"
#include "cascade_git/tree_changes.h"
#include "text/hex.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;
using ObjectPointer = Held<git_object, git_object_free>;
using TreePointer = Held<git_tree, git_tree_free>;
using BlobPointer = Held<git_blob, git_blob_free>;

constexpr std::size_t most_changes = 12'000;  // a line of an answer is limited to 4 MiB
constexpr std::size_t piece = std::size_t{1} << 20;

// Returns the commit of a revision; with "..." after it, the one where HEAD branched off.
ObjectPointer commit_object(git_repository* repository, std::string revision) {
  constexpr std::string_view dots = "...";
  const bool parted = revision.size() > dots.size() && revision.compare(revision.size() - dots.size(), 3, dots) == 0;
  if (parted) revision.resize(revision.size() - dots.size());
  git_object* found = nullptr;
  if (git_revparse_single(&found, repository, revision.c_str()) != 0) return nullptr;
  ObjectPointer object(found);
  if (!parted) return object;
  git_object* commit = nullptr;
  git_oid head, base;
  if (git_object_peel(&commit, found, GIT_OBJECT_COMMIT) != 0) return nullptr;
  object.reset(commit);
  if (git_reference_name_to_id(&head, repository, "HEAD") != 0 ||
      git_merge_base(&base, repository, git_object_id(commit), &head) != 0 ||
      git_object_lookup(&found, repository, &base, GIT_OBJECT_COMMIT) != 0)
    return nullptr;
  return ObjectPointer(found);
}

// The difference from the tree to the work tree, including new files that are not ignored.
DiffPointer difference(git_repository* repository, git_tree* tree) {
  DiffPointer diff = difference_to_work_tree(repository, tree, GIT_DIFF_INCLUDE_TYPECHANGE);
  if (!diff) return diff;
  git_diff_find_options find;
  git_diff_find_options_init(&find, GIT_DIFF_FIND_OPTIONS_VERSION);
  find.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
  git_diff_find_similar(diff.get(), &find);
  return diff;
}

bool is_file(const git_diff_file& file) {
  return file.mode == GIT_FILEMODE_BLOB || file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

void write_file(JsonWriter& json, const char* path, const git_diff_file* before, const char* from) {
  json.begin_object().key("path").string(path);
  if (before != nullptr) {
    json.key("id").string(git_oid_tostr_s(&before->id));
    json.key("executable").boolean(before->mode == GIT_FILEMODE_BLOB_EXECUTABLE);
  }
  if (from != nullptr) json.key("from").string(from);
  json.end_object();
}

void write_delta(JsonWriter& json, const git_diff_delta& delta) {
  const bool was_there = delta.status != GIT_DELTA_ADDED && delta.status != GIT_DELTA_UNTRACKED;
  const git_diff_file* before = was_there && is_file(delta.old_file) ? &delta.old_file : nullptr;
  if (delta.status != GIT_DELTA_RENAMED) return write_file(json, delta.new_file.path, before, nullptr);
  write_file(json, delta.old_file.path, before, nullptr);
  write_file(json, delta.new_file.path, nullptr, delta.old_file.path);
}

}  // namespace

void write_changes(JsonWriter& json, git_repository* repository, const std::string& work_tree,
                   const std::string& revision) {
  const ObjectPointer commit = commit_object(repository, revision);
  git_object* peeled = nullptr;
  if (!commit || git_object_peel(&peeled, commit.get(), GIT_OBJECT_TREE) != 0) return write_error(json, "revision");
  const TreePointer tree(reinterpret_cast<git_tree*>(peeled));
  const DiffPointer diff = difference(repository, tree.get());
  if (!diff || work_tree.empty()) return write_error(json, "broken");
  const std::size_t count = git_diff_num_deltas(diff.get());
  if (count > most_changes) return write_error(json, "many");
  json.key("work_tree").string(work_tree).key("files").begin_array();
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff.get(), i);
    if (delta != nullptr && delta->status != GIT_DELTA_UNMODIFIED) write_delta(json, *delta);
  }
  json.end_array();
}

void write_blob(JsonWriter& json, git_repository* repository, const std::string& id, const std::string& path,
                const std::string& from) {
  git_oid oid;
  git_blob* found = nullptr;
  if (git_oid_fromstr(&oid, id.c_str()) != 0 || git_blob_lookup(&found, repository, &oid) != 0)
    return write_error(json, "broken");
  const BlobPointer blob(found);
  git_blob_filter_options options;
  git_blob_filter_options_init(&options, GIT_BLOB_FILTER_OPTIONS_VERSION);
  git_buf filtered = {nullptr, 0, 0};
  const bool good = git_blob_filter(&filtered, found, path.c_str(), &options) == 0;
  const std::string_view text = good ? std::string_view(filtered.ptr, filtered.size)
                                     : std::string_view(static_cast<const char*>(git_blob_rawcontent(found)),
                                                        static_cast<std::size_t>(git_blob_rawsize(found)));
  const std::size_t begin = std::min<std::size_t>(std::strtoull(from.c_str(), nullptr, 10), text.size());
  json.key("size").number(text.size()).key("hex").string(letters::bytes_to_hex(text.substr(begin, piece)));
  git_buf_dispose(&filtered);
}

// libgit2 compares a commit with the index by reading every folder's tree; each loose one costs five system calls. git
// itself records in the index which tree it matches: after a commit or checkout, the commit's. If that is the tree
// asked for, nothing is staged, and no tree needs to be read.
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
