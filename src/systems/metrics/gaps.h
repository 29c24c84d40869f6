// Where a history is incomplete, and which figures that makes wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "history/days.h"
#include "history/history.h"

namespace cascade::metrics {

enum class Grade : std::uint8_t { exact, approximate, needs_forge, needs_deploys, incomplete };
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

}  // namespace cascade::metrics
