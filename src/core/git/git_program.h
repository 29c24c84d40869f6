// Asks cascade-git, which is started at the first question.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/run_program.h"
#include "git/address.h"
#include "syntax/node.h"

namespace cascade::repository {

struct ChangedFile {
  std::string path;                 // relative to the work tree
  std::optional<std::string> text;  // the commit's text; none: the commit does not have the file
  bool executable = false;          // in the commit
  std::string from;                 // the path in the commit, if the file was renamed; else empty
};

struct Changes {
  std::string work_tree;  // absolute, links resolved
  std::vector<ChangedFile> files;
};

struct Commit {
  std::string id, tree, subject;
  std::vector<std::string> parents;
  std::int64_t time = 0;           // of its committer, seconds since 1970
  std::vector<std::string> names;  // lines of its message that name commits
  std::string state{};             // of the files that it changed; if it was asked for (git/git_program.h)
};

struct Undone {
  std::string id;
  bool reverted = true;  // false: fixed
};

// Oldest first. A revert says so ("This reverts commit ID", `Revert "SUBJECT"`), or restores the files from before; a
// fix names the commit ("Fixes: ID", "fixup! SUBJECT").
class History {
 public:
  explicit History(std::vector<Commit> commits);  // O(n log n)

  const std::vector<Commit>& commits() const noexcept { return commits_; }
  const Commit* find(std::string_view id) const;          // null: not in the history
  const Commit* child_of(std::string_view parent) const;  // the first one; null: none
  // The commit that reverts or fixes `id`; null: none does. A revert that was itself reverted does not count.
  struct End {
    const Commit* by = nullptr;
    bool reverted = true;
  };
  End end_of(std::string_view id) const;

 private:
  std::vector<Undone> read_undone(std::size_t index) const;
  std::string named_in(std::string_view line, std::size_t before) const;
  std::string with_subject(std::string_view subject, std::size_t before) const;
  std::vector<Commit> commits_;
  std::map<std::string, std::size_t, std::less<>> places_, children_, subjects_;  // of subjects the last
  std::map<std::string, std::pair<std::size_t, bool>, std::less<>> ends_;  // by which commit, and whether reverted
};

class GitProgram final : public Git {
 public:
  explicit GitProgram(std::string path) : path_(std::move(path)) {}

  Result<std::optional<Facts>> look(const Place& place) override;
  Result<bool> knows_author(const Place& place, const std::string& email) override;
  Result<std::string> previous_branch(const Place& place) override;
  Result<std::vector<std::string>> submodules(const Place& place) override;
  Result<bool> descends(const Place& place, const std::string& from, const std::string& to) override;

  // To `revision`; "R...": to where HEAD branched off. not_found: no repository or revision; unsupported: too many.
  Result<Changes> changes(const std::string& directory, const std::string& revision);
  // Changed, staged or new files that git does not ignore. not_found: no repository, no commit, no cascade-git.
  Result<bool> has_changes(const std::string& directory);

  // The commit of a work tree, and its changes since.
  struct State {
    std::string head;   // empty: there is no commit yet
    std::string state;  // equal states: the same files differ in the same way; empty: nothing differs
  };
  Result<State> state(const std::string& directory);
  // Commits after `since`, without it (empty: at most 5,000), up to HEAD. not_found: no repository, no such revision.
  Result<History> history(const std::string& directory, const std::string& since, bool states);
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
