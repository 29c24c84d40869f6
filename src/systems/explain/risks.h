// What kinds of lines are asked about. Fixed rules: rows of a table, in the order of what goes wrong unseen.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "explain/change.h"

namespace cascade::comprehension {

enum class Risk : std::uint8_t {
  removed_error_path,
  deletion,
  permissions,
  locks,
  sql,
  concurrency,
  retries,
  time_outs,
  dependencies,
  none,  // no rule knows these lines
};
std::string_view to_string(Risk risk) noexcept;    // "removed error path"
std::string_view question_of(Risk risk) noexcept;  // the same for every hunk of that kind

Risk risk_of(const Change& change, const Hunk& hunk);  // the first row that fits

struct Chosen {
  std::size_t hunk = 0;  // its place in Change::hunks
  Risk risk = Risk::none;
};
constexpr std::size_t most_questions = 3;

// The hunks of `among` that are asked about: of the changed source one of each kind first, then more of the gravest,
// the longer ones first; if no rule knows any, the longest one. Then the same of tests where places are left. Texts are
// asked about where nothing else changed. Depends on the hunks alone, not on their order.
std::vector<Chosen> choose_questions(const Change& change, const std::vector<std::size_t>& among);

// The rows of risks.tsv. Only risks.cpp includes the header that the build makes of them.
enum class Side : std::uint8_t { removed, added, any };

struct RiskRow {
  Risk risk;
  std::string_view name, question;
};
struct WordRow {
  Risk risk;
  Side side;
  std::string_view words;  // with blanks between them; two with a plus between them must both stand in the line
};

}  // namespace cascade::comprehension
