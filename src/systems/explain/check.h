// Checks the explanations of a change: which lines have one, and whether it was written by somebody who looked.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "explain/change.h"
#include "explain/exempt.h"
#include "explain/showing.h"
#include "explanations/record.h"
#include "policy/explained.h"

namespace cascade::comprehension {

struct ExplainRule {
  std::string_view id, slug, condition;
};
Span<ExplainRule> explain_rules() noexcept;
const ExplainRule& explain_rule(std::string_view id) noexcept;  // REQUIRES: there is one

enum class Weight : std::uint8_t { note, refused };

struct Finding {
  std::string_view rule;  // an id of explain_rules()
  Weight weight = Weight::refused;
  std::string path, record;  // where; the record that it is about, or empty
  std::uint32_t line = 0, column = 0;
  std::string message, help;
};

// What was counted in one part or answer. Nothing of it refuses by itself; a reviewer is shown it.
struct PassageMeasure {
  std::string name;  // as in a sentence: "\"What it does\"", "the answer"
  std::uint32_t line = 0, words = 0;
  unsigned overlap = 0;  // the most that it shares with another text, in per cent
  std::string overlaps;  // that text; empty: none
};

// A statement on a hunk, and what running it showed.
struct Showing {
  Statement statement;
  std::size_t hunk = 0;    // its place in Change::hunks
  std::string id, path;    // of the hunk
  std::uint32_t at = 0;    // its first line in the file
  std::uint32_t line = 0;  // of the record
  Shown outcome = Shown::not_run;
  int exit_without = 0, exit_with = 0;
  std::string output, why;  // the end of what it said without the hunk; why it could not run
};

// What was measured of one record of the range.
struct RecordState {
  Record record;
  std::uint64_t live = 0, stale = 0;  // its hunks that the change has, and has no more
  std::vector<PassageMeasure> passages;
  std::vector<Showing> showings;  // of its answers
  bool refused = false;

  unsigned overlap() const noexcept;  // the most of one passage
};

struct Report {
  std::string base, head, assisted;
  std::uint64_t changed = 0, needed = 0, covered = 0, waived = 0;  // lines
  std::array<std::uint64_t, need_count> lines{};                   // changed lines by what they need
  std::uint64_t renamed = 0, earlier = 0;                          // files; records of before the range
  std::vector<RecordState> records;                                // by path
  std::vector<Finding> findings;                                   // by path and line
  std::vector<std::size_t> uncovered;                              // hunks that need an explanation and have none

  bool is_refused() const noexcept;
};

// What a check asks of its surroundings. Any may be empty: then nothing is found.
struct Surroundings {
  std::function<void(Showing& showing)> show;  // runs the command of a statement with and without its hunk
  std::vector<std::string> reverted;           // Needs
  AgentEdits edits;
};

constexpr unsigned least_covered = 90;  // per cent of the lines that need it; of risky ones all

// `records`: every file of the records' folder in the head's tree.
Report check_change(const Change& change, const std::vector<TreeText>& records, const Settings& settings,
                    const Surroundings& around);

}  // namespace cascade::comprehension
