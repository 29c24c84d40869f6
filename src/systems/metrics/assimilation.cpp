#include "metrics/assimilation.h"

#include "history/main_line.h"
#include "history/message.h"
#include "text/ascii.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace cascade::metrics {
namespace {

constexpr Day active_days = 90;

// Who reviewed each commit, by place: who its message names, who merged it, who reviewed its request.
std::vector<std::vector<std::string>> reviewers_by_commit(const History& history,
                                                          const std::vector<MergedRequest>* forge) {
  std::vector<std::vector<std::string>> found(history.commits.size());
  std::unordered_map<std::string, const MergedRequest*> requests;
  if (forge != nullptr)
    for (const MergedRequest& request : *forge) requests.emplace(request.commit, &request);
  const std::vector<std::uint32_t> by = brought_by(history);
  for (std::size_t at = 0; at < by.size(); ++at) {
    const Commit& commit = history.commits[at];
    found[at] = reviewers_of(commit, history.people[commit.author]);
    if (by[at] >= by.size()) continue;
    const Commit& merge = history.commits[by[at]];
    if (by[at] != at && merge.author != commit.author)
      found[at].push_back(letters::to_lower(history.people[merge.author].mail));
    if (const auto request = requests.find(merge.id); request != requests.end())
      found[at].insert(found[at].end(), request->second->reviewers.begin(), request->second->reviewers.end());
  }
  return found;
}

struct Sums {
  Daily all, explained, reviewed;
  std::uint64_t lines = 0, explained_lines = 0, reviewed_lines = 0, commits = 0;
  std::set<std::pair<std::string, Day>> reviewer_weeks;
};

void add_to(Daily& daily, const std::optional<Day>& day, std::uint64_t lines) {
  if (!day || *day < daily.first || *day - daily.first >= static_cast<std::int64_t>(daily.values.size())) return;
  daily.values[static_cast<std::size_t>(*day - daily.first)] += lines;
}

void add(const Repository& repository, const std::vector<MergedRequest>* forge, const Range& range, Sums& sums) {
  const auto reviewers = reviewers_by_commit(repository.history, forge);
  for (std::size_t at = 0; at < reviewers.size(); ++at) {
    const Measured& measured = repository.measures.commits[at];
    const Commit& commit = repository.history.commits[at];
    const std::uint64_t lines = measured.authored();
    if (lines == 0 || measured.is_twin || measured.is_elsewhere) continue;
    const auto day = day_of(commit.time);
    add_to(sums.all, day, lines);
    if (measured.is_explained) add_to(sums.explained, day, lines);
    if (!reviewers[at].empty()) add_to(sums.reviewed, day, lines);
    if (!range.holds_time(commit.time)) continue;
    ++sums.commits;
    sums.lines += lines;
    sums.explained_lines += measured.is_explained ? lines : 0;
    sums.reviewed_lines += reviewers[at].empty() ? 0 : lines;
    for (const std::string& who : reviewers[at]) sums.reviewer_weeks.emplace(who, day.value_or(0) / 7);
  }
}

// The lines of the newest commits, and those of them whose author has made a commit in the last 90 days.
Figure standing_of(const std::vector<Repository>& repositories, const Question& question) {
  const Range whole = whole_range(repositories, question);
  Figure figure{"author_active",
                "share",
                "lines of the newest commit whose last author has a commit in the last 90 days",
                Grade::approximate,
                {},
                0,
                0,
                0,
                {}};
  std::set<std::string> active, authors;
  for (const auto& [history, measures, gaps] : repositories)
    for (const Commit& commit : history.commits)
      if (const auto day = day_of(commit.time); day && *day > whole.last - active_days)
        active.insert(letters::to_lower(history.people[commit.author].mail));
  for (const auto& [history, measures, gaps] : repositories) {
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const std::uint64_t lines = measures.standing.by_commit[at];
      if (lines == 0 || measures.commits[at].is_elsewhere) continue;
      const std::string mail = letters::to_lower(history.people[history.commits[at].author].mail);
      authors.insert(mail);
      *figure.of += lines;
      figure.value += active.count(mail) != 0 ? lines : 0;
    }
    if (history.misses_tip) figure.grade = Grade::incomplete;
  }
  figure.n = authors.size();
  const Completeness completeness = completeness_of(repositories, Counts::lines, whole);
  figure.grade = std::max(figure.grade, completeness.grade);
  if (!completeness.reason.empty()) figure.reasons.push_back(completeness.reason);
  return figure;
}

}  // namespace

std::vector<Figure> assimilation_of(const std::vector<Repository>& repositories,
                                    const std::vector<MergedRequest>* forge, const Question& question) {
  const Range range = range_of(repositories, question), whole = whole_range(repositories, question);
  const Daily none{whole.first, std::vector<std::uint64_t>(whole.days())};
  Sums sums{none, none, none, 0, 0, 0, 0, {}};
  for (const Repository& repository : repositories) add(repository, forge, range, sums);
  const Completeness completeness = completeness_of(repositories, Counts::lines, range);
  const Grade grade = std::max(Grade::approximate, completeness.grade);
  std::vector<std::string> reasons;
  if (!completeness.reason.empty()) reasons.push_back(completeness.reason);
  std::vector<Figure> figures;
  figures.push_back({"explained", "share", "authored lines that came with a record in .cascade/explanations", grade,
                     reasons, sums.explained_lines, sums.lines, sums.commits,
                     shares_of(sums.explained, sums.all, question.window)});
  if (forge == nullptr) reasons.emplace_back("approvals on a forge are not in the history: --forge");
  figures.push_back({"reviewed", "share", "authored lines that another reviewed or merged", grade, reasons,
                     sums.reviewed_lines, sums.lines, sums.commits,
                     shares_of(sums.reviewed, sums.all, question.window)});
  figures.push_back({"lines_a_reviewer_week",
                     "lines",
                     "reviewed lines for each week of each reviewer",
                     grade,
                     reasons,
                     sums.reviewer_weeks.empty() ? 0 : sums.reviewed_lines / sums.reviewer_weeks.size(),
                     {},
                     sums.reviewer_weeks.size(),
                     {}});
  figures.push_back(standing_of(repositories, question));
  const Grade windows_grade = std::max(Grade::approximate, completeness_of(repositories, Counts::lines, whole).grade);
  for (Figure& figure : figures) figure.windows_grade = windows_grade;
  return figures;
}

}  // namespace cascade::metrics
