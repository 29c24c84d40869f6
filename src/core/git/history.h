// The fate of commits, according to the commits after them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::repository {

struct Commit {
  std::string id, tree, subject;
  std::vector<std::string> parents;
  std::int64_t time = 0;           // of its committer, seconds since 1970
  std::vector<std::string> names;  // lines of its message that name commits
  std::string state{};             // of the files that it changed; if it was asked for (git/history.h)
};

// An earlier commit that one commit reverts or fixes.
struct Undone {
  std::string id;
  bool reverted = true;  // false: fixed
};

// A history, oldest commit first. A revert says so ("This reverts commit ID", `Revert "SUBJECT"`), or restores the
// files from before the last commit. A fix names the commit that it fixes ("Fixes: ID", "fixup! SUBJECT").
class History {
 public:
  explicit History(std::vector<Commit> commits);  // O(n log n)

  const std::vector<Commit>& commits() const noexcept { return commits_; }
  const Commit* find(std::string_view id) const;          // null: not in the history
  const Commit* child_of(std::string_view parent) const;  // the first one; null: none
  // The commits that a commit (by index) reverts or fixes; usually none.
  const std::vector<Undone>& undone_by(std::size_t index) const { return undone_[index]; }
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
  std::vector<std::vector<Undone>> undone_;
  std::map<std::string, std::pair<std::size_t, bool>, std::less<>> ends_;  // by which commit, and whether reverted
};

}  // namespace cascade::repository
