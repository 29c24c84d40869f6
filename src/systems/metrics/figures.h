// The figures: one row each, counted by day and over windows, with a grade.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "history/measured.h"
#include "metrics/gaps.h"
#include "metrics/outside_facts.h"
#include "metrics/windows.h"

namespace cascade::metrics {

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

std::span<const FigureRow> figure_rows() noexcept;
const FigureRow* find_row(std::string_view name);  // null: there is none

struct Figure {
  std::string_view name, unit, how;
  Grade grade = Grade::exact;
  std::vector<std::string> reasons;    // why it is not exact
  std::uint64_t value = 0;             // at least that many if the grade is incomplete
  std::optional<std::uint64_t> of;     // of a share: what it is a share of
  std::uint64_t n = 0;                 // the commits, or other things, that it is counted from
  std::optional<Windows> windows;      // of a share: per mille
  Grade windows_grade = Grade::exact;  // incomplete: some windows may hold more
};

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
