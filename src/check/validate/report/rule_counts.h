// Counts findings by rule: a reader's first question.
#pragma once

#include <cascade/validate.h>

#include "render/paint.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cascade::rendering {

// `severity`: the greatest among the rule's findings.
struct RuleCount {
  std::string rule;
  Severity severity = Severity::info;
  std::size_t findings = 0, files = 0;
};

// The most severe first, then the most frequent, then by id.
std::vector<RuleCount> count_rules(const std::vector<Diagnostic>& found);

// One line for each rule: findings, files, severity, rule, slug.
std::string rule_counts_text(const std::vector<Diagnostic>& found, Paint paint);

// Findings of one rule with the same message share a cause. `members` are indices into the findings, ascending.
struct Cause {
  std::vector<std::size_t> members;
};

// In the order of rule_counts_text(), within a rule by their first finding.
std::vector<Cause> causes_of(const std::vector<Diagnostic>& found);

}  // namespace cascade::rendering
