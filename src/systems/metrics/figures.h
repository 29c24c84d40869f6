// The figures: one row each, counted by day and over windows, with a grade.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

enum class Grade : std::uint8_t { exact, approximate, needs_forge, incomplete };
std::string_view to_string(Grade grade) noexcept;  // "exact", "needs --forge"

// The days that a question is about, both included. Where no first or last day was asked for, what is dated before or
// after them counts, too: clocks may be wrong.
struct Range {
  Day first = 0, last = 0;
  bool from_begin = true, to_end = true;

  bool holds(Day day) const { return (from_begin || first <= day) && (to_end || day <= last); }
  bool holds_time(std::int64_t time) const {
    const auto day = day_of(time);
    return day ? holds(*day) : from_begin && to_end;
  }
  std::uint64_t days() const { return static_cast<std::uint64_t>(last - first) + 1; }
};

// A kind of gap with how often it occurs, as its reader is told.
struct Gap {
  std::string kind;  // "shallow", "missing-commit", "missing-content", "grafts", "replacements"
  std::uint64_t count = 0;
  std::string first;  // an id or path that shows it; may be empty
  std::string help;
};

// The worst that gaps make of a figure.
struct Completeness {
  Grade grade = Grade::exact;  // exact, approximate or incomplete
  std::string reason;
};

class Gaps {
 public:
  explicit Gaps(const History& history);

  const std::vector<Gap>& list() const { return list_; }
  Completeness of_commits(const Range& range) const;
  Completeness of_lines(const Range& range) const;

 private:
  std::vector<Gap> list_;
  bool altered_ = false;            // by grafts or replacements
  std::optional<Day> broken_off_;   // the latest day of a commit whose parent is not here
  std::vector<Day> without_lines_;  // of commits whose changes are not known
  bool undated_ = false;            // one of them has no day
  bool undated_cut_ = false;        // a commit whose parent is not here has no day: no days are behind it for certain
};

// A figure over every shift of a window: all spans of so many days, each beginning at a midnight in UTC.
struct Windows {
  std::uint32_t n = 0;  // how many windows there are
  std::uint64_t minimum = 0, maximum = 0;
  std::uint64_t twice_median = 0;     // of an even number of windows the median lies between two
  Day best = 0;                       // where the first window with the maximum begins
  std::vector<std::uint64_t> values;  // in order of days
};

// A number for each day from `first` on.
struct Daily {
  Day first = 0;
  std::vector<std::uint64_t> values;

  // Counts it on the day of a time; what lies outside of the days is not counted.
  void add(std::int64_t time, std::uint64_t value);
  // From day to day, both included; what lies outside counts 0.
  std::uint64_t sum(Day from, Day to) const;
};

// A history shorter than the window is one window.
Windows windows_of(const Daily& daily, std::uint32_t length);

// Per mille of `of` in each window where `of` is not 0, rounded to the nearest.
Windows shares_of(const Daily& part, const Daily& of, std::uint32_t length);

std::uint64_t per_mille(std::uint64_t part, std::uint64_t of);  // rounded to the nearest; of 0: 0

// One repository with what its commits count for.
struct Repository {
  History history;
  Measures measures;
  Gaps gaps;
};

// What a figure counts decides which gaps make it wrong.
enum class Counts : std::uint8_t { commits, lines };

struct FigureRow {
  std::string_view name, unit, how;  // `how`: the command of git that gives the same, or the definition
  Counts counts = Counts::commits;
  Grade grade = Grade::exact;  // of a whole history
  std::uint64_t (*of)(const Commit& commit, const Measured& measured) = nullptr;
};

const FigureRow* find_row(std::string_view name);  // null: there is none

struct Figure {
  std::string_view name, unit, how;
  Grade grade = Grade::exact;
  std::vector<std::string> reasons{};  // why it is not exact
  std::uint64_t value = 0;             // at least that many if the grade is incomplete
  std::optional<std::uint64_t> of;     // of a share: what it is a share of
  std::uint64_t n = 0;                 // the commits, or other things, that it is counted from
  std::optional<Windows> windows{};    // of a share: per mille
  Grade windows_grade = Grade::exact;  // incomplete: some windows may hold more
};

// A merged pull or merge request, which the history does not tell: from a file of the user.
struct MergedRequest {
  std::int64_t merged = 0;             // seconds since 1970
  std::string author, commit;          // `commit`: that merged it; may be empty
  std::vector<std::string> reviewers;  // others than the author
};

// A JSON array, as `gh pr list --state merged --json number,mergedAt,author,mergedBy,mergeCommit,reviews` writes it.
// Requests that were not merged are left out. malformed: no such array, or a merged request without a time.
Result<std::vector<MergedRequest>> read_forge(std::string_view text, const std::string& path);

struct Question {
  std::optional<Day> since, until;                    // both days included
  std::uint32_t window = 7;                           // days
  Day today = 0;                                      // commits of later days have a wrong clock
  const std::vector<MergedRequest>* forge = nullptr;  // merged requests; null: what messages say must do
};

// The days that the figures are about: those asked for, or all from the first commit to the last whose clock can be
// right.
Range range_of(const std::vector<Repository>& repositories, const Question& question);

// All days of all repositories, for windows.
Range whole_range(const std::vector<Repository>& repositories, const Question& question);

// What a row counts on each day of `days`. Commits that an earlier repository has count there only. Requests come from
// the forge where there is one.
Daily daily_of(const std::vector<Repository>& repositories, const FigureRow& row, const Range& days,
               const Question& question);
// The row's own grade, or exact for requests that come from the forge.
Grade grade_of(const FigureRow& row, const Question& question);

// The figures of all repositories together, in the order of the rows, then shares.
std::vector<Figure> figures_of(const std::vector<Repository>& repositories, const Question& question);

// The worst grade that gaps give a figure in some range.
Completeness completeness_of(const std::vector<Repository>& repositories, Counts counts, const Range& range);

const Figure* find_figure(const std::vector<Figure>& figures, std::string_view name);

}  // namespace cascade::metrics
