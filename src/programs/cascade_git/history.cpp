// Commits for the record of checks: their messages, parents, trees, and the state that each made, as a hash of the
// files that differ. A working tree has the same kind of hash, so a check of uncommitted files can be matched with the
// commit that was made of them later. Numbers of commits, files and lines are bounded, since an answer is one line.
#include "cascade_git/history.h"

#include <git2.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cascade_git/changes.h"
#include "cascade_git/objects.h"
#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;
using ObjectPointer = Held<git_object, git_object_free>;
using CommitPointer = Held<git_commit, git_commit_free>;
using TreePointer = Held<git_tree, git_tree_free>;
using WalkPointer = Held<git_revwalk, git_revwalk_free>;

constexpr std::size_t most_commits = 5'000, most_files = 2'000, most_names = 3, longest_shown = 120;

git_diff_options options_of_state() {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SKIP_BINARY_CHECK;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  return options;
}

// Returns the id of a file's content on disk as git would store it; for a deleted file, zeros.
git_oid content_of(git_repository* repository, const git_diff_delta& delta) {
  git_oid id{};
  if (delta.status == GIT_DELTA_DELETED) return id;
  if ((delta.new_file.flags & GIT_DIFF_FLAG_VALID_ID) != 0) return delta.new_file.id;
  if (git_repository_hashfile(&id, repository, delta.new_file.path, GIT_OBJECT_BLOB, nullptr) != 0) id = git_oid{};
  return id;
}

// Hashes paths and contents, in the order of paths, as git hashes a file. Empty: nothing differs.
std::string state_of(git_repository* repository, git_diff* diff) {
  std::vector<std::string> lines;
  const std::size_t count = std::min(git_diff_num_deltas(diff), most_files);
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff, i);
    if (delta == nullptr || delta->status == GIT_DELTA_UNMODIFIED) continue;
    const git_oid id = content_of(repository, *delta);
    lines.push_back(std::string(delta->new_file.path) + '\0' + git_oid_tostr_s(&id) + '\n');
  }
  if (lines.empty()) return {};
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  git_oid id;
  if (git_odb_hash(&id, all.data(), all.size(), GIT_OBJECT_BLOB) != 0) return {};
  return git_oid_tostr_s(&id);
}

std::string committed_state(git_repository* repository, git_commit* commit) {
  git_tree *own = nullptr, *before = nullptr;
  if (git_commit_tree(&own, commit) != 0) return {};
  const TreePointer keep_own(own);
  git_commit* parent = nullptr;
  if (git_commit_parent(&parent, commit, 0) == 0) {
    const CommitPointer keep(parent);
    if (git_commit_tree(&before, parent) != 0) return {};
  }
  const TreePointer keep_before(before);
  git_diff* made = nullptr;
  const git_diff_options options = options_of_state();
  if (is_too_large(repository, before, own)) return {};
  if (git_diff_tree_to_tree(&made, repository, before, own, &options) != 0) return {};
  const DiffPointer diff(made);
  return state_of(repository, made);
}

// Whether a line holds a word that may be a commit id. A word without a decimal digit is English ("defaced").
bool names_commit(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view id = letters::next_commit_id(line, at);
    if (std::any_of(id.begin(), id.end(), letters::is_digit)) return true;
  }
  return false;
}

void write_message(JsonWriter& json, const char* message) {
  std::string_view rest = message == nullptr ? "" : message;
  const std::string_view subject = rest.substr(0, rest.find('\n'));
  json.key("subject").string(subject.substr(0, longest_shown)).key("names").begin_array();
  std::size_t names = 0;
  while (!rest.empty() && names < most_names) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, std::min(end, longest_shown));
    if (names_commit(line)) {
      json.string(line);
      ++names;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  json.end_array();
}

void write_commit(JsonWriter& json, git_repository* repository, git_commit* commit, bool states) {
  json.begin_object().key("id").string(git_oid_tostr_s(git_commit_id(commit))).key("parents").begin_array();
  for (unsigned i = 0; i < git_commit_parentcount(commit) && i < 2; ++i)
    json.string(git_oid_tostr_s(git_commit_parent_id(commit, i)));
  json.end_array().key("time").integer(git_commit_time(commit));
  json.key("tree").string(git_oid_tostr_s(git_commit_tree_id(commit)));
  write_message(json, git_commit_message_raw(commit));
  if (states) json.key("state").string(committed_state(repository, commit));
  json.end_object();
}

ObjectPointer revision(git_repository* repository, const std::string& name) {
  git_object *found = nullptr, *commit = nullptr;
  if (git_revparse_single(&found, repository, name.c_str()) != 0) return nullptr;
  const ObjectPointer keep(found);
  if (git_object_peel(&commit, found, GIT_OBJECT_COMMIT) != 0) return nullptr;
  return ObjectPointer(commit);
}

}  // namespace

void write_state(JsonWriter& json, git_repository* repository, const std::string& work_tree) {
  if (work_tree.empty()) return write_error(json, "broken");
  git_oid head;
  TreePointer tree;
  std::string id;
  if (git_reference_name_to_id(&head, repository, "HEAD") == 0) {
    git_commit* commit = nullptr;
    git_tree* found = nullptr;
    if (git_commit_lookup(&commit, repository, &head) != 0) return write_error(json, "broken");
    const CommitPointer keep(commit);
    if (git_commit_tree(&found, commit) != 0) return write_error(json, "broken");
    tree.reset(found);
    id = git_oid_tostr_s(&head);
  }
  const DiffPointer diff = difference_to_work_tree(repository, tree.get());
  if (!diff) return write_error(json, "broken");
  json.key("head").string(id).key("state").string(state_of(repository, diff.get()));
}

void write_history(JsonWriter& json, git_repository* repository, const std::string& since, bool states) {
  git_revwalk* made = nullptr;
  if (git_revwalk_new(&made, repository) != 0) return write_error(json, "broken");
  const WalkPointer walk(made);
  git_revwalk_sorting(made, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
  if (!since.empty()) {
    const ObjectPointer start = revision(repository, since);
    if (!start || git_revwalk_hide(made, git_object_id(start.get())) != 0) return write_error(json, "revision");
  }
  std::vector<CommitPointer> commits;
  if (git_revwalk_push_head(made) == 0) {
    git_oid id;
    while (commits.size() < most_commits && git_revwalk_next(&id, made) == 0) {
      git_commit* commit = nullptr;
      if (git_commit_lookup(&commit, repository, &id) != 0) return write_error(json, "broken");
      commits.emplace_back(commit);
    }
  }
  json.key("commits").begin_array();
  for (auto commit = commits.rbegin(); commit != commits.rend(); ++commit)
    write_commit(json, repository, commit->get(), states);
  json.end_array();
}

void write_checkout(JsonWriter& json, git_repository* repository, const std::string& commit, const std::string& into) {
  const ObjectPointer object = revision(repository, commit);
  if (!object || into.empty()) return write_error(json, "revision");
  git_checkout_options options;
  git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
  options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DONT_UPDATE_INDEX | GIT_CHECKOUT_RECREATE_MISSING |
                              GIT_CHECKOUT_DONT_WRITE_INDEX;
  git_tree* empty = nullptr;
  git_treebuilder* builder = nullptr;
  git_oid id;
  if (git_treebuilder_new(&builder, repository, nullptr) != 0) return write_error(json, "broken");
  const int written = git_treebuilder_write(&id, builder);
  git_treebuilder_free(builder);
  if (written != 0 || git_tree_lookup(&empty, repository, &id) != 0) return write_error(json, "broken");
  const TreePointer keep(empty);
  options.baseline = empty;  // the tree has nothing checked out yet
  options.target_directory = into.c_str();
  if (git_checkout_tree(repository, object.get(), &options) != 0) return write_error(json, "broken");
  json.key("done").boolean(true);
}

}  // namespace cascade::git
