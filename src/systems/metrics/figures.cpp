#include "metrics/figures.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "metrics/report.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::metrics {
namespace {

std::uint64_t is_direct(const Commit& commit) { return commit.is_merge() ? 0 : 1; }

bool counts_once(const Measured& measured) { return !measured.is_twin && !measured.is_elsewhere; }

constexpr FigureRow rows[] = {
    {"commits", "commits", "git rev-list --count HEAD", Counts::commits, Grade::exact,
     [](const Commit&, const Measured&) -> std::uint64_t { return 1; }},
    {"merges", "commits", "git rev-list --count --merges HEAD", Counts::commits, Grade::exact,
     [](const Commit& commit, const Measured&) -> std::uint64_t { return 1 - is_direct(commit); }},
    {"commits_without_merges", "commits", "git rev-list --count --no-merges HEAD", Counts::commits, Grade::exact,
     [](const Commit& commit, const Measured&) { return is_direct(commit); }},
    {"commits_distinct", "commits", "without merges, each patch (git patch-id --stable) once", Counts::lines,
     Grade::exact,
     [](const Commit& commit, const Measured& measured) { return counts_once(measured) ? is_direct(commit) : 0; }},
    {"lines_added", "lines", "git log --numstat, first column", Counts::lines, Grade::exact,
     [](const Commit& commit, const Measured&) { return commit.plain_added; }},
    {"lines_deleted", "lines", "git log --numstat, second column", Counts::lines, Grade::exact,
     [](const Commit& commit, const Measured&) { return commit.plain_deleted; }},
    {"lines_added_no_renames", "lines", "git log --no-renames --numstat, first column", Counts::lines, Grade::exact,
     [](const Commit&, const Measured& measured) { return measured.added; }},
    {"lines_deleted_no_renames", "lines", "git log --no-renames --numstat, second column", Counts::lines, Grade::exact,
     [](const Commit&, const Measured& measured) { return measured.deleted; }},
    {"lines_authored", "lines", "added lines that people wrote: docs/metrics.md", Counts::lines, Grade::exact,
     [](const Commit&, const Measured& measured) { return counts_once(measured) ? measured.authored() : 0; }},
    {"pull_requests", "requests", "requests that messages name first: #7, (#7), !7", Counts::commits,
     Grade::approximate,
     [](const Commit&, const Measured& measured) -> std::uint64_t { return measured.request != 0 ? 1 : 0; }},
    {"reverts_by_message", "commits", "subject `Revert \"`, `revert:`, or \"This reverts commit\"", Counts::commits,
     Grade::exact,
     [](const Commit&, const Measured& measured) -> std::uint64_t { return measured.reverts_by_message ? 1 : 0; }},
    {"reverts_by_patch", "commits", "the lines of an earlier commit, the other way round", Counts::lines, Grade::exact,
     [](const Commit&, const Measured& measured) -> std::uint64_t { return measured.reverts_by_patch ? 1 : 0; }},
    {"restores", "commits", "a file gets a content back that it had before", Counts::lines, Grade::exact,
     [](const Commit&, const Measured& measured) -> std::uint64_t { return measured.restored > 0 ? 1 : 0; }},
    {"lines_reworked", "lines", "authored lines that are changed again within 21 days", Counts::lines,
     Grade::approximate,
     [](const Commit&, const Measured& measured) { return counts_once(measured) ? measured.reworked : 0; }},
};

bool is_of_forge(const FigureRow& row, const Question& question) {
  return question.forge != nullptr && row.name == "pull_requests";
}

Figure figure_of(const std::vector<Repository>& repositories, const FigureRow& row, const Question& question) {
  const Range range = range_of(repositories, question), whole = whole_range(repositories, question);
  Figure figure{row.name, row.unit, row.how, grade_of(row, question), {}, 0, {}, 0, {}};
  figure.windows = windows_of(daily_of(repositories, row, whole, question), question.window);
  if (is_of_forge(row, question)) {
    figure.how = "requests that the forge's export calls merged";
    for (const MergedRequest& request : *question.forge) figure.value += range.holds_time(request.merged) ? 1 : 0;
    figure.n = figure.value;
    return figure;
  }
  for (const Repository& repository : repositories)
    for (std::size_t at = 0; at < repository.history.commits.size(); ++at) {
      const Commit& commit = repository.history.commits[at];
      if (!range.holds_time(commit.time) || repository.measures.commits[at].is_elsewhere) continue;
      const std::uint64_t value = row.of(commit, repository.measures.commits[at]);
      figure.value += value;
      figure.n += value > 0 ? 1 : 0;
    }
  const Completeness completeness = completeness_of(repositories, row.counts, range);
  figure.grade = std::max(figure.grade, completeness.grade);
  if (!completeness.reason.empty()) figure.reasons.push_back(completeness.reason);
  std::uint64_t renames_unknown = 0;
  for (const Repository& repository : repositories) renames_unknown += repository.history.renames_unknown;
  if (renames_unknown > 0 && (row.name == "lines_added" || row.name == "lines_deleted")) {
    figure.grade = std::max(figure.grade, Grade::approximate);
    figure.reasons.push_back("git is not there to find renames in " + std::to_string(renames_unknown) + " commits");
  }
  if (row.name == "pull_requests" && figure.value == 0 && figure.grade != Grade::incomplete)
    figure.grade = Grade::needs_forge;
  return figure;
}

Figure rework_of(const std::vector<Repository>& repositories, const std::vector<Figure>& figures,
                 const Question& question) {
  const Range whole = whole_range(repositories, question);
  const Figure &part = *find_figure(figures, "lines_reworked"), &all = *find_figure(figures, "lines_authored");
  Figure figure{"rework", "share", "lines_reworked of lines_authored", part.grade, part.reasons, part.value, all.value,
                all.n,    {}};
  figure.windows = shares_of(daily_of(repositories, *find_row("lines_reworked"), whole, question),
                             daily_of(repositories, *find_row("lines_authored"), whole, question), question.window);
  return figure;
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

// `at` 0: before the first day.
std::vector<std::uint64_t> sums_of(const Daily& daily) {
  std::vector<std::uint64_t> sums(daily.values.size() + 1);
  for (std::size_t i = 0; i < daily.values.size(); ++i) sums[i + 1] = sums[i] + daily.values[i];
  return sums;
}

// One value for each window of so many days, as `value` says of its begin and end; nothing: the window is left out.
template <typename Value>
Windows windows_with(const Daily& daily, std::uint32_t length, const Value& value) {
  Windows windows;
  std::vector<Day> begins;
  const std::size_t span = std::min<std::size_t>(std::max<std::uint32_t>(length, 1), daily.values.size());
  for (std::size_t begin = 0; span > 0 && begin + span <= daily.values.size(); ++begin) {
    const std::optional<std::uint64_t> one = value(begin, begin + span);
    if (!one) continue;
    windows.values.push_back(*one);
    begins.push_back(daily.first + static_cast<Day>(begin));
  }
  windows.n = static_cast<std::uint32_t>(windows.values.size());
  if (windows.n == 0) return windows;
  std::vector<std::uint64_t> sorted = windows.values;
  std::ranges::sort(sorted);
  windows.minimum = sorted.front();
  windows.maximum = sorted.back();
  windows.twice_median = sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2];
  const auto best = std::ranges::find(windows.values, windows.maximum);
  windows.best = begins[static_cast<std::size_t>(best - windows.values.begin())];
  return windows;
}

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
      const std::uint64_t lines = measures.standing[at];
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

Grade grade_of(const FigureRow& row, const Question& question) {
  return is_of_forge(row, question) ? Grade::exact : row.grade;
}

Range whole_range(const std::vector<Repository>& repositories, const Question& question) {
  std::optional<Day> first, last;
  for (const Repository& repository : repositories)
    for (const Commit& commit : repository.history.commits) {
      const auto day = day_of(commit.time);
      if (!day || *day > question.today) continue;
      first = std::min(first.value_or(*day), *day);
      last = std::max(last.value_or(*day), *day);
    }
  return {first.value_or(question.today), last.value_or(question.today), true, true};
}

Range range_of(const std::vector<Repository>& repositories, const Question& question) {
  Range range = whole_range(repositories, question);
  range.from_begin = !question.since;
  range.to_end = !question.until;
  if (question.until) range.last = *question.until;
  range.first = question.since ? *question.since : std::min(range.first, range.last);
  range.last = std::max(range.last, range.first);
  return range;
}

Daily daily_of(const std::vector<Repository>& repositories, const FigureRow& row, const Range& days,
               const Question& question) {
  Daily daily{days.first, std::vector<std::uint64_t>(days.days())};
  if (is_of_forge(row, question)) {
    for (const MergedRequest& request : *question.forge) daily.add(request.merged, 1);
    return daily;
  }
  for (const Repository& repository : repositories)
    for (std::size_t at = 0; at < repository.history.commits.size(); ++at)
      if (!repository.measures.commits[at].is_elsewhere)
        daily.add(repository.history.commits[at].time,
                  row.of(repository.history.commits[at], repository.measures.commits[at]));
  return daily;
}

Completeness completeness_of(const std::vector<Repository>& repositories, Counts counts, const Range& range) {
  Completeness all;
  for (const Repository& repository : repositories) {
    Completeness one = counts == Counts::commits ? repository.gaps.of_commits(range) : repository.gaps.of_lines(range);
    if (all.grade < one.grade) all = std::move(one);
  }
  return all;
}

std::vector<Figure> figures_of(const std::vector<Repository>& repositories, const Question& question) {
  const Range whole = whole_range(repositories, question);
  std::vector<Figure> figures;
  for (const FigureRow& row : rows) figures.push_back(figure_of(repositories, row, question));
  figures.push_back(rework_of(repositories, figures, question));
  for (Figure& figure : figures) {
    const FigureRow* row = find_row(figure.name);
    const Counts counts = row != nullptr ? row->counts : Counts::lines;
    figure.windows_grade = std::max(figure.grade == Grade::incomplete ? Grade::approximate : figure.grade,
                                    completeness_of(repositories, counts, whole).grade);
  }
  return figures;
}

const FigureRow* find_row(std::string_view name) { return letters::find_first(rows, &FigureRow::name, name); }

const Figure* find_figure(const std::vector<Figure>& figures, std::string_view name) {
  return letters::find_first(figures, &Figure::name, name);
}

constexpr letters::Names<Grade::incomplete> grade_names("exact", "approximate", "needs --forge", "incomplete");
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
  const auto add = [&](const char* kind, std::uint64_t count, std::string first, const char* help) {
    if (count > 0) list_.push_back({kind, count, std::move(first), help});
  };
  if (history.cut > 0)
    add("shallow", history.cut, commits.first, "git fetch --unshallow brings the older commits");
  else
    add("missing-commit", commits.count, commits.first, "git fsck lists what is missing; a fresh clone has it");
  add(history.is_partial ? "partial" : "missing-content", contents.count, contents.first,
      history.is_partial ? "git fetch --refetch --no-filter brings the contents"
                         : "git fsck lists what is missing; a fresh clone has it");
  add("grafts", history.grafts, "info/grafts", "git log shows other parents than the commits have; remove the file");
  add("replacements", history.replaced, "refs/replace", "git log shows other commits; git replace -d removes them");
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
  const auto lost =
      static_cast<std::size_t>(std::ranges::count_if(without_lines_, [&](Day day) { return range.holds(day); }));
  if (lost > 0 || undated_)
    return {Grade::incomplete,
            "the changes of " + std::to_string(lost + (undated_ ? 1 : 0)) + " commits cannot be read"};
  return commits;
}

void Daily::add(std::int64_t time, std::uint64_t value) {
  const auto day = day_of(time);
  if (!day || *day < first || *day - first >= static_cast<std::int64_t>(values.size())) return;
  values[static_cast<std::size_t>(*day - first)] += value;
}

std::uint64_t Daily::sum(Day from, Day to) const {
  std::uint64_t sum = 0;
  const auto size = static_cast<std::int64_t>(values.size());
  const std::int64_t end = std::min<std::int64_t>(std::int64_t{to} - first + 1, size);
  for (std::int64_t i = std::max<std::int64_t>(std::int64_t{from} - first, 0); i < end; ++i)
    sum += values[static_cast<std::size_t>(i)];
  return sum;
}

std::uint64_t per_mille(std::uint64_t part, std::uint64_t of) {
  for (constexpr std::uint64_t largest = std::uint64_t{1} << 52; part > largest || of > largest; part /= 2) of /= 2;
  return of == 0 ? 0 : (part * 2'000 + of) / (2 * of);
}

Windows windows_of(const Daily& daily, std::uint32_t length) {
  const std::vector<std::uint64_t> sums = sums_of(daily);
  return windows_with(daily, length,
                      [&](std::size_t begin, std::size_t end) { return std::optional(sums[end] - sums[begin]); });
}

Windows shares_of(const Daily& part, const Daily& of, std::uint32_t length) {
  const std::vector<std::uint64_t> parts = sums_of(part), all = sums_of(of);
  return windows_with(of, length, [&](std::size_t begin, std::size_t end) {
    const std::uint64_t whole = all[end] - all[begin];
    return whole == 0 ? std::nullopt : std::optional(per_mille(parts[end] - parts[begin], whole));
  });
}

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
