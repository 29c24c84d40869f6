// Which changed lines need an explanation, and which are trivial by rule.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explain/change.h"
#include "explain/edits.h"
#include "policy/explained.h"

namespace cascade::comprehension {

enum class Need : std::uint8_t {
  needed,
  not_required,   // nothing that the team chose applies
  record,         // explanations themselves
  documentation,  // texts for people
  generated,      // generated, vendored and lock files
  white_space,    // only white space differs
  comments,       // only lines of comments
  reverted,       // takes back exactly what a commit did that the message names
  by_pattern,     // `exempt` in cascade.yaml
  small,          // what is left has few lines, none of them of a kind that is asked about
};
constexpr std::size_t need_count = 10;
std::string_view to_string(Need need) noexcept;

struct Needs {
  std::vector<Need> of_hunk;                      // by place in Change::hunks
  std::vector<bool> is_risky;                     // the path is named in `risky`
  std::array<std::uint64_t, need_count> lines{};  // changed lines of each
  std::uint64_t renamed = 0;                      // files that only have another name
  std::string assisted;                           // what the first commit says that says it; empty: none does
};

// `reverted`: the ids of hunks that take back what named commits did, sorted. `edits`: asked if settings.edited.
Needs needs_of(const Change& change, const Settings& settings, const std::vector<std::string>& reverted,
               const AgentEdits& edits = {});

}  // namespace cascade::comprehension
