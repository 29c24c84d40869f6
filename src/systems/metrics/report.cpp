#include "metrics/report.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"

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
};

void add(const Repository& repository, const std::vector<MergedRequest>* forge, const Range& range, Sums& sums) {
  const auto reviewers = reviewers_by_commit(repository.history, forge);
  for (std::size_t at = 0; at < reviewers.size(); ++at) {
    const Measured& measured = repository.measures.commits[at];
    const Commit& commit = repository.history.commits[at];
    const std::uint64_t lines = measured.authored();
    if (lines == 0 || measured.is_twin || measured.is_elsewhere) continue;
    sums.all.add(commit.time, lines);
    if (measured.is_explained) sums.explained.add(commit.time, lines);
    if (!reviewers[at].empty()) sums.reviewed.add(commit.time, lines);
    if (!range.holds_time(commit.time)) continue;
    ++sums.commits;
    sums.lines += lines;
    sums.explained_lines += measured.is_explained ? lines : 0;
    sums.reviewed_lines += reviewers[at].empty() ? 0 : lines;
  }
}

// The lines of the newest commits, and those of them whose author has made a commit in the last 90 days.
Figure standing_of(const std::vector<Repository>& repositories, const Question& question) {
  const Range whole = whole_range(repositories, question);
  Figure figure{.name = "author_active",
                .unit = "share",
                .how = "lines of the newest commit whose last author has a commit in the last 90 days",
                .grade = Grade::approximate,
                .of = 0};
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

constexpr std::size_t most = 5;

std::string extension_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "" : letters::to_lower(path.substr(dot + 1));
}

void add(Part& part, bool condition, const Measured& measured) {
  part.commits += condition ? 1 : 0;
  part.added += condition ? measured.added : 0;
}

// Clocks count wherever they are wrong, not only within the range.
void check_clock(const History& history, const Commit& commit, Day today, Inflation& found) {
  const auto day = day_of(commit.time);
  if (!day)
    ++found.impossible;
  else if (*day > today)
    ++found.future;
  for (const std::uint32_t parent : commit.parents)
    if (commit.time < history.commits[parent].time - day_seconds) {
      ++found.backwards;
      return;
    }
}

// The five items with the most added lines, largest first.
template <typename Items>
void keep_largest(Items& items) {
  std::ranges::stable_sort(items, [](const auto& a, const auto& b) { return a.added > b.added; });
  if (items.size() > most) items.resize(most);
}

// Requests that a forge merged.
using syntax::Node, syntax::NodeKind, syntax::text_of;

constexpr syntax::NodeLimits limits{std::size_t{64} << 20, 16, 4'000'000, 0};

Error malformed(const std::string& path, std::size_t line, std::string message, std::string help) {
  return {ErrorCode::malformed, std::move(message), path + ":" + std::to_string(line), std::move(help)};
}

// "login" of a person, or the text itself. Whoever is gone is null.
std::string login_of(const Node& object, std::string_view key) {
  const Node* person = object.find(key);
  return person != nullptr && person->kind == NodeKind::map ? text_of(*person, "login") : text_of(object, key);
}

void add_reviewer(MergedRequest& request, const std::string& who) {
  if (who.empty() || who == request.author) return;
  if (std::ranges::find(request.reviewers, who) == request.reviewers.end()) request.reviewers.push_back(who);
}

MergedRequest request_of(const Node& item, std::int64_t merged) {
  MergedRequest request;
  request.merged = merged;
  request.author = login_of(item, "author");
  if (const Node* commit = item.find("mergeCommit")) request.commit = text_of(*commit, "oid");
  if (const Node* reviews = item.find("reviews"))
    for (const Node& review : reviews->items) add_reviewer(request, login_of(review, "author"));
  return request;
}

}  // namespace

bool Report::is_incomplete() const {
  return std::ranges::any_of(figures,
                             [](const Figure& figure) { return figure.grade == Grade::incomplete && !figure.of; });
}

Report report_of(std::vector<History> histories, const Outside& outside, const Question& asked) {
  Question question = asked;
  question.forge = outside.forge ? &*outside.forge : nullptr;
  std::vector<Repository> repositories;
  Report report;
  for (History& history : histories) {
    Measures measures = measure(history);
    Gaps gaps(history);
    std::vector<Repository> alone;
    alone.push_back({std::move(history), std::move(measures), std::move(gaps)});
    Repository& repository = alone.front();
    const History& facts = repository.history;
    report.repositories.push_back(
        {facts.name, facts.branch, facts.head, facts.format, repository.gaps.list(), figures_of(alone, question), 0});
    for (const Repository& earlier : repositories)
      mark_elsewhere(earlier.history, earlier.measures, repository.history, repository.measures);
    report.repositories.back().elsewhere =
        static_cast<std::uint64_t>(std::ranges::count(repository.measures.commits, true, &Measured::is_elsewhere));
    repositories.push_back(std::move(repository));
  }
  report.question = question;
  report.range = range_of(repositories, question);
  report.figures = repositories.size() == 1 ? report.repositories.front().figures : figures_of(repositories, question);
  report.inflation = inflation_of(repositories, question);
  report.assimilation = assimilation_of(repositories, question.forge, question);
  if (outside.claims)
    report.judgements = judge(*outside.claims, repositories, report.figures, report.assimilation, question);
  report.question.forge = nullptr;
  return report;
}

std::vector<Figure> assimilation_of(const std::vector<Repository>& repositories,
                                    const std::vector<MergedRequest>* forge, const Question& question) {
  const Range range = range_of(repositories, question), whole = whole_range(repositories, question);
  const Daily none{whole.first, std::vector<std::uint64_t>(whole.days())};
  Sums sums{none, none, none, 0, 0, 0, 0};
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
  figures.push_back(standing_of(repositories, question));
  const Grade windows_grade = std::max(Grade::approximate, completeness_of(repositories, Counts::lines, whole).grade);
  for (Figure& figure : figures) figure.windows_grade = windows_grade;
  return figures;
}

Inflation inflation_of(const std::vector<Repository>& repositories, const Question& question) {
  const Range range = range_of(repositories, question);
  Inflation found;
  found.grade = completeness_of(repositories, Counts::lines, range).grade;
  std::map<std::string, std::uint64_t> extensions;
  for (const auto& [history, measures, gaps] : repositories) {
    for (std::size_t at = 0; at < history.commits.size(); ++at) {
      const Commit& commit = history.commits[at];
      const Measured& measured = measures.commits[at];
      if (!measured.is_elsewhere) check_clock(history, commit, question.today, found);
      if (!range.holds_time(commit.time)) continue;
      add(found.elsewhere, measured.is_elsewhere, measured);
      if (measured.is_elsewhere) continue;
      found.added += commit.plain_added;
      found.binaries += measured.binaries;
      for (std::size_t kind = 0; kind < made_kinds; ++kind) found.made[kind] += measured.made[kind];
      add(found.bots, measured.is_bot, measured);
      add(found.twins, measured.is_twin, measured);
      add(found.empty, measured.is_empty, measured);
      const std::uint64_t reformatted = measured.made[static_cast<std::size_t>(Made::reformatted)];
      add(found.formats, measured.formats || (reformatted > 0 && reformatted == measured.added), measured);
      for (std::uint32_t i = 0; i < commit.files; ++i) {
        const FileChange& file = history.files[commit.first_file + i];
        if (file.added > 0) extensions[extension_of(history.paths[file.path])] += file.added;
      }
      if (commit.plain_added == 0) continue;
      const auto day = day_of(commit.time);
      found.largest.push_back({history.name, commit.id, commit.subject, day ? date_of(*day) : "", commit.plain_added});
      if (found.largest.size() >= 1'000) keep_largest(found.largest);
    }
  }
  keep_largest(found.largest);
  for (const auto& [name, added] : extensions) found.extensions.push_back({name, added});
  keep_largest(found.extensions);
  return found;
}

Result<std::vector<MergedRequest>> read_forge(std::string_view text, const std::string& path) {
  const syntax::Parsed parsed = syntax::parse_json(text, limits);
  if (parsed.root.kind != NodeKind::list)
    return malformed(path, parsed.faults.empty() ? 1 : parsed.faults.front().at.line, "not a JSON array of requests",
                     "gh pr list --state merged --json number,mergedAt,author,mergeCommit,reviews writes one");
  std::vector<MergedRequest> requests;
  for (const Node& item : parsed.root.items) {
    const std::string merged = text_of(item, "mergedAt");
    if (merged.empty() && item.find("mergedAt") != nullptr) continue;
    const auto time = time_of(merged);
    if (!time)
      return malformed(path, item.at.line, "a request without the time when it was merged",
                       "the key mergedAt, as \"2026-01-31T12:00:00Z\"");
    requests.push_back(request_of(item, *time));
  }
  return requests;
}

}  // namespace cascade::metrics
