// What a check finds, and the rules by which it does.
#pragma once

#include <cascade/result.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "comprehension/change.h"
#include "comprehension/check/exempt.h"
#include "comprehension/check/grounds.h"
#include "comprehension/record.h"

namespace cascade::comprehension {

// `fact`: follows from the files alone. `judged`: how a text reads; graded like every gate that judges.
enum class Ground : std::uint8_t { fact, judged };

struct ExplainRule {
  std::string_view id, slug, condition;
  Ground ground = Ground::fact;
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

// What was measured of one record of the range.
struct RecordState {
  Record record;
  std::uint64_t live = 0, stale = 0;  // its hunks that the change has, and has no more
  unsigned overlap = 0;               // the most that one of its passages shares with another text, in per cent
  bool refused = false;
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
  bool is_refused_by_fact() const noexcept;
};

// What a check asks of its surroundings. Any may be empty: then nothing is found.
struct Surroundings {
  std::function<std::vector<Sought>(const std::vector<std::string>& texts)> search;
  std::function<std::vector<std::string>(const std::vector<std::string>& paths)> missing;  // of these, in no tree
  std::vector<std::string> reverted;                                                       // Needs
  std::vector<RanCommand> ran;
  AgentEdits edits;
};

}  // namespace cascade::comprehension
