#include "cascade_git/opened_range.h"

#include <git2.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "cascade_git/open_repository.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::git {
namespace {

using OdbPointer = Held<git_odb, git_odb_free>;

void add_alternates(git_repository* repository) {
  git_odb* found = nullptr;
  if (git_repository_odb(&found, repository) != 0) return;
  const OdbPointer odb(found);
  for (const char* name : {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}) {
    const char* value = std::getenv(name);
    std::string_view rest = value == nullptr ? "" : value;
    while (!rest.empty()) {
      const std::string folder(rest.substr(0, rest.find(':')));
      rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
      if (!folder.empty()) git_odb_add_disk_alternate(found, folder.c_str());
    }
  }
}

}  // namespace

void free_repository(git_repository* repository) { git_repository_free(repository); }
void free_commit(git_commit* commit) { git_commit_free(commit); }
void free_tree(git_tree* tree) { git_tree_free(tree); }

void write_range_error(const std::string& error, const WriteLine& write) {
  const git_error* last = git_error_last();
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object().key("error").string(error).key("message");
  json.string(last == nullptr || last->message == nullptr ? "" : last->message).end_object();
  write(json.take());
}

RangeRepository open_for_range(const syntax::Node& question, const WriteLine& write) {
  const std::string directory = syntax::text_of(question, "directory");
  std::string error;
  RangeRepository repository(open_as_git(directory, {}, error));
  if (repository == nullptr) {
    write_range_error(error, write);
    return nullptr;
  }
  add_alternates(repository.get());
  return repository;
}

RangeCommit commit_named(git_repository* repository, const std::string& revision) {
  git_object* found = nullptr;
  if (git_revparse_single(&found, repository, revision.c_str()) != 0) return nullptr;
  const Held<git_object, git_object_free> object(found);
  git_object* commit = nullptr;
  if (git_object_peel(&commit, found, GIT_OBJECT_COMMIT) != 0) return nullptr;
  return RangeCommit(reinterpret_cast<git_commit*>(commit));
}

RangeTree tree_of_commit(git_commit* commit) {
  git_tree* tree = nullptr;
  if (commit == nullptr || git_commit_tree(&tree, commit) != 0) return nullptr;
  return RangeTree(tree);
}

}  // namespace cascade::git
