// Asks cascade-git, which is started at the first question.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/child_process.h"
#include "git/changes.h"
#include "git/facts.h"
#include "git/history.h"
#include "syntax/node.h"

namespace cascade::repository {

class GitProgram final : public Git {
 public:
  explicit GitProgram(std::string path) : path_(std::move(path)) {}

  Result<std::optional<Facts>> look(const Place& place) override;
  Result<bool> knows_author(const Place& place, const std::string& email) override;
  Result<std::string> previous_branch(const Place& place) override;
  Result<std::vector<std::string>> submodules(const Place& place) override;
  Result<bool> descends(const Place& place, const std::string& from, const std::string& to) override;

  // Returns the differences to `revision` in the repository of `directory`; "R...": to where HEAD branched off from R.
  // Errors: not_found: no repository, no such revision, no cascade-git; unsupported: more than 12,000 files.
  Result<Changes> changes(const std::string& directory, const std::string& revision);
  // Whether the work tree of `directory` differs from its last commit: changed, staged or new files that git does not
  // ignore. not_found: no repository, no commit, no cascade-git.
  Result<bool> has_changes(const std::string& directory);

  // The commit of a work tree, and its changes since.
  struct State {
    std::string head;   // empty: there is no commit yet
    std::string state;  // equal states: the same files differ in the same way; empty: nothing differs
  };
  Result<State> state(const std::string& directory);
  // Commits after `since`, without it (empty: at most 5,000), up to HEAD. not_found: no repository, no such revision.
  Result<History> history(const std::string& directory, const std::string& since, bool states);
  // Writes the files of a commit into an empty folder.
  Result<void> check_out(const std::string& directory, const std::string& commit, const std::string& into);

 private:
  using Words = std::vector<std::pair<std::string_view, std::string>>;
  Result<syntax::Node> ask(std::string_view what, const Place& place, const Words& more = {});
  Result<std::string> blob(const Place& place, const std::string& id, const std::string& path);

  std::string path_;
  std::optional<files::ChildProcess> child_;
  std::vector<std::pair<Place, std::optional<Facts>>> looked_;
};

}  // namespace cascade::repository
