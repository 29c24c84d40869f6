// The work tree is compared with the tree of the revision, renames included; new files that git does not ignore count
// as added. A renamed file is two entries, the old path that is gone and the new one with `from`, because the reader
// takes the change back path by path. Blobs come filtered as git would check them out, a mebibyte an answer.
#include "cascade_git/changes.h"

#include <git2.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "cascade_git/objects.h"
#include "cascade_git/work_tree.h"
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

}  // namespace cascade::git
