// All rules, by id.
#pragma once

#include <cascade/validate.h>

namespace cascade::validation {

// A row of rules.tsv; its severities are those of the profiles.
struct RuleRow {
  std::string_view id, slug;
  Severity standard, client, cascade, install;
  FixKind fix;
  std::string_view condition, reason, bad, good;
};

Span<RuleInfo> rule_table() noexcept;

// Reserved ids of rules that are not checked yet: configurations may already name them.
bool is_planned(std::string_view id) noexcept;

}  // namespace cascade::validation
