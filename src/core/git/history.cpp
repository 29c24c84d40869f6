// Finds reverts and fixes in one pass over the commits, oldest first. A commit undoes another if (1) its message names
// the commit's id in a line about reverting or fixing, else (2) its subject is `Revert "..."` or "fixup! ..." of an
// earlier subject, else (3) its files equal those before its parent. A second pass from the newest commit on skips
// reverts that were reverted themselves, so only effective ones end a commit.
#include "git/history.h"

#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::repository {
namespace {

bool begins(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// Returns the subject in `Revert "SUBJECT"`; empty: it is not a revert.
std::string_view reverted_subject(std::string_view subject) {
  constexpr std::string_view opening = "Revert \"";
  if (!begins(subject, opening) || subject.size() <= opening.size() || subject.back() != '"') return {};
  return subject.substr(opening.size(), subject.size() - opening.size() - 1);
}

std::string_view mended_subject(std::string_view subject) {
  constexpr std::string_view opening = "fixup! ";
  return begins(subject, opening) ? subject.substr(opening.size()) : std::string_view();
}

void add(std::vector<Undone>& all, std::string id, bool reverted) {
  if (id.empty()) return;
  for (const Undone& one : all)
    if (one.id == id) return;
  all.push_back({std::move(id), reverted});
}

}  // namespace

History::History(std::vector<Commit> commits) : commits_(std::move(commits)) {
  for (std::size_t i = 0; i < commits_.size(); ++i) {
    places_.emplace(commits_[i].id, i);
    if (!commits_[i].parents.empty()) children_.emplace(commits_[i].parents.front(), i);
    undone_.push_back(read_undone(i));
    subjects_[commits_[i].subject] = i;
  }
  for (std::size_t i = commits_.size(); i-- > 0;) {
    const auto own = ends_.find(commits_[i].id);
    if (own != ends_.end() && own->second.second) continue;  // it was reverted itself
    for (const Undone& undone : undone_[i]) ends_[undone.id] = {i, undone.reverted};
  }
}

const Commit* History::find(std::string_view id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? nullptr : &commits_[found->second];
}

const Commit* History::child_of(std::string_view parent) const {
  const auto found = children_.find(parent);
  return found == children_.end() ? nullptr : &commits_[found->second];
}

History::End History::end_of(std::string_view id) const {
  const auto found = ends_.find(id);
  if (found == ends_.end()) return {};
  return {&commits_[found->second.first], found->second.second};
}

// Returns the commit before `before` whose id begins with a word of the line.
std::string History::named_in(std::string_view line, std::size_t before) const {
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view word = letters::next_commit_id(line, at);
    const auto found = word.empty() ? places_.end() : places_.lower_bound(word);
    if (found != places_.end() && found->second < before && begins(found->first, word)) return found->first;
  }
  return {};
}

std::string History::with_subject(std::string_view subject, std::size_t before) const {
  const auto found = subject.empty() ? subjects_.end() : subjects_.find(subject);
  return found == subjects_.end() || found->second >= before ? std::string() : commits_[found->second].id;
}

std::vector<Undone> History::read_undone(std::size_t index) const {
  const Commit& commit = commits_[index];
  std::vector<Undone> all;
  bool fixes = begins(letters::to_lower(commit.subject), "fix");
  for (const std::string& line : commit.names) {
    const std::string lower = letters::to_lower(line);
    if (lower.find("revert") != std::string::npos)
      add(all, named_in(line, index), true);
    else if (begins(lower, "fixes:") || begins(lower, "fixes ") || (fixes && line == commit.subject))
      add(all, named_in(line, index), false);
  }
  if (all.empty()) add(all, with_subject(reverted_subject(commit.subject), index), true);
  if (all.empty()) add(all, with_subject(mended_subject(commit.subject), index), false);
  if (!all.empty() || commit.parents.size() != 1) return all;
  // Reverted by hand: the files are as they were before the last commit.
  const Commit* const last = find(commit.parents.front());
  const Commit* const before = last == nullptr || last->parents.size() != 1 ? nullptr : find(last->parents.front());
  if (before != nullptr && before->tree == commit.tree && last->tree != commit.tree) add(all, last->id, true);
  return all;
}

}  // namespace cascade::repository
