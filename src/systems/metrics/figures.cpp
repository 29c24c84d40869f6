#include "metrics/figures.h"

#include <algorithm>

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

void worsen(Completeness& all, Completeness one) {
  if (all.grade < one.grade) all = std::move(one);
}

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

const FigureRow& row_of(std::string_view name) { return *find_row(name); }

Figure rework_of(const std::vector<Repository>& repositories, const std::vector<Figure>& figures,
                 const Question& question) {
  const Range whole = whole_range(repositories, question);
  const Figure &part = *find_figure(figures, "lines_reworked"), &all = *find_figure(figures, "lines_authored");
  Figure figure{"rework", "share", "lines_reworked of lines_authored", part.grade, part.reasons, part.value, all.value,
                all.n,    {}};
  figure.windows = shares_of(daily_of(repositories, row_of("lines_reworked"), whole, question),
                             daily_of(repositories, row_of("lines_authored"), whole, question), question.window);
  return figure;
}

// The window that ends the range, in the 90 days that end with it.
Figure share_of(const std::vector<Repository>& repositories, const Question& question, std::string_view name,
                std::string_view from) {
  constexpr std::uint32_t span = 90;
  const Range range = range_of(repositories, question), whole = whole_range(repositories, question);
  const FigureRow& row = row_of(from);
  const Daily daily = daily_of(repositories, row, whole, question);
  const Day length = static_cast<Day>(std::min(question.window, span));
  Range spanned{range.last - static_cast<Day>(span) + 1, range.last, false, false};
  Figure figure{name, "share", "the last window of the range in the 90 days that end with it", row.grade, {}, 0, {},
                0,    {}};
  figure.value = daily.sum(range.last - length + 1, range.last);
  figure.of = daily.sum(spanned.first, spanned.last);
  figure.n = *figure.of;
  if (daily.values.empty() || daily.first > spanned.first) {
    figure.grade = Grade::approximate;
    figure.reasons.emplace_back("the history is shorter than 90 days");
    spanned.from_begin = true;  // what is cut off would belong to them
  }
  Completeness completeness = completeness_of(repositories, row.counts, spanned);
  figure.grade = std::max(figure.grade, completeness.grade);
  if (!completeness.reason.empty()) figure.reasons.push_back(std::move(completeness.reason));
  figure.windows = shares_of_span(daily, question.window, span);
  return figure;
}

}  // namespace

Grade grade_of(const FigureRow& row, const Question& question) {
  return is_of_forge(row, question) ? Grade::exact : row.grade;
}

std::span<const FigureRow> figure_rows() noexcept { return rows; }

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
  const auto add = [&](std::int64_t time, std::uint64_t value) {
    const auto day = day_of(time);
    if (day && *day >= days.first && *day <= days.last)
      daily.values[static_cast<std::size_t>(*day - days.first)] += value;
  };
  if (is_of_forge(row, question)) {
    for (const MergedRequest& request : *question.forge) add(request.merged, 1);
    return daily;
  }
  for (const Repository& repository : repositories)
    for (std::size_t at = 0; at < repository.history.commits.size(); ++at)
      if (!repository.measures.commits[at].is_elsewhere)
        add(repository.history.commits[at].time,
            row.of(repository.history.commits[at], repository.measures.commits[at]));
  return daily;
}

Completeness completeness_of(const std::vector<Repository>& repositories, Counts counts, const Range& range) {
  Completeness all;
  for (const Repository& repository : repositories)
    worsen(all, counts == Counts::commits ? repository.gaps.of_commits(range) : repository.gaps.of_lines(range));
  return all;
}

std::vector<Figure> figures_of(const std::vector<Repository>& repositories, const Question& question) {
  const Range whole = whole_range(repositories, question);
  std::vector<Figure> figures;
  for (const FigureRow& row : rows) figures.push_back(figure_of(repositories, row, question));
  figures.push_back(rework_of(repositories, figures, question));
  figures.push_back(share_of(repositories, question, "share_of_commits", "commits"));
  figures.push_back(share_of(repositories, question, "share_of_lines", "lines_added"));
  for (Figure& figure : figures) {
    const FigureRow* row = find_row(figure.name);
    const Counts counts = row != nullptr                      ? row->counts
                          : figure.name == "share_of_commits" ? Counts::commits
                                                              : Counts::lines;
    figure.windows_grade = std::max(figure.grade == Grade::incomplete ? Grade::approximate : figure.grade,
                                    completeness_of(repositories, counts, whole).grade);
  }
  return figures;
}

const FigureRow* find_row(std::string_view name) {
  for (const FigureRow& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

const Figure* find_figure(const std::vector<Figure>& figures, std::string_view name) {
  for (const Figure& figure : figures)
    if (figure.name == name) return &figure;
  return nullptr;
}

}  // namespace cascade::metrics
