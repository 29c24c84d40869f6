#include "metrics/gaps.h"

#include <algorithm>

#include "text/names.h"

namespace cascade::metrics {
namespace {

void add(std::vector<Gap>& list, std::string kind, std::uint64_t count, std::string first, std::string help) {
  if (count > 0) list.push_back({std::move(kind), count, std::move(first), std::move(help)});
}

struct LostCount {
  std::uint64_t count = 0;
  std::string first;

  void note(const Lost& lost) {
    if (++count != 1) return;
    first = lost.id;
    if (!lost.path.empty()) first += (first.empty() ? "" : " ") + lost.path;
  }
};

}  // namespace

constexpr letters::Names<Grade::incomplete> grade_names("exact", "approximate", "needs --forge", "needs --deploys",
                                                        "incomplete");
std::string_view to_string(Grade grade) noexcept { return grade_names.of(grade); }

Gaps::Gaps(const History& history) {
  LostCount commits, contents;
  for (const Lost& lost : history.lost) (lost.what == "commit" ? commits : contents).note(lost);
  for (const Commit& commit : history.commits) {
    if (!commit.misses_parent && !commit.misses_content) continue;
    const auto day = day_of(commit.time);
    if (commit.misses_parent && day) broken_off_ = std::max(broken_off_.value_or(*day), *day);
    undated_cut_ = undated_cut_ || (commit.misses_parent && !day);
    if (day)
      without_lines_.push_back(*day);
    else
      undated_ = true;
  }
  altered_ = history.grafts > 0 || history.replaced > 0;
  if (history.cut > 0)
    add(list_, "shallow", history.cut, commits.first, "git fetch --unshallow brings the older commits");
  else
    add(list_, "missing-commit", commits.count, commits.first, "git fsck lists what is missing; a fresh clone has it");
  add(list_, history.is_partial ? "partial" : "missing-content", contents.count, contents.first,
      history.is_partial ? "git fetch --refetch --no-filter brings the contents"
                         : "git fsck lists what is missing; a fresh clone has it");
  add(list_, "grafts", history.grafts, "info/grafts",
      "git log shows other parents than the commits have; remove the file");
  add(list_, "replacements", history.replaced, "refs/replace",
      "git log shows other commits; git replace -d removes them");
}

Completeness Gaps::of_commits(const Range& range) const {
  if (altered_) return {Grade::incomplete, "grafts or replacements change the history"};
  if (undated_cut_) return {Grade::incomplete, "the history breaks off at a commit without a date"};
  if (!broken_off_) return {};
  if (range.from_begin || range.first <= *broken_off_)
    return {Grade::incomplete, "the history breaks off on " + date_of(*broken_off_)};
  return {Grade::approximate, "the history breaks off on " + date_of(*broken_off_) + ", before these days"};
}

Completeness Gaps::of_lines(const Range& range) const {
  const Completeness commits = of_commits(range);
  if (commits.grade == Grade::incomplete) return commits;
  const auto lost = static_cast<std::size_t>(
      std::count_if(without_lines_.begin(), without_lines_.end(), [&](Day day) { return range.holds(day); }));
  if (lost > 0 || undated_)
    return {Grade::incomplete,
            "the changes of " + std::to_string(lost + (undated_ ? 1 : 0)) + " commits cannot be read"};
  return commits;
}

}  // namespace cascade::metrics
