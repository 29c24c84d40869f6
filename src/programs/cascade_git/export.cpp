// Writes the files of one commit into an empty folder. libgit2 starts no filter, hook or other program for it, whatever
// the repository and its attributes say.
#include <git2.h>

#include <string>

#include "cascade_git/opened_range.h"
#include "cascade_git/range.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::git {

void write_export(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const RangeCommit commit = commit_named(repository.get(), syntax::text_of(question, "revision"));
  const RangeTree tree = tree_of_commit(commit.get());
  if (!tree) return write_range_error("revision", write);
  const std::string into = syntax::text_of(question, "into");
  git_checkout_options options;
  git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
  options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DONT_UPDATE_INDEX | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
  options.target_directory = into.c_str();
  if (git_checkout_tree(repository.get(), reinterpret_cast<const git_object*>(tree.get()), &options) != 0)
    return write_range_error("broken", write);
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object().key("end").string("0").end_object();
  write(json.take());
}

}  // namespace cascade::git
