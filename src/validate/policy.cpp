// What a user's configuration makes of the findings.
#include <cascade/validate.h>

#include "files/glob.h"

#include <algorithm>

namespace cascade {
namespace {

// "FM007", "field-unknown" and "FM" all mean the rule FM007.
bool names(std::string_view setting, const Diagnostic& finding) {
  if (setting == finding.rule) return true;
  const RuleInfo* rule = find_rule(finding.rule);
  if (rule != nullptr && setting == rule->slug) return true;
  const std::size_t letters = finding.rule.find_first_of("0123456789");
  return letters != std::string::npos && setting == std::string_view(finding.rule).substr(0, letters);
}

bool is_ignored(const RulePolicy& policy, const Diagnostic& finding) {
  for (const Ignore& ignore : policy.ignore) {
    if (!files::matches_glob(ignore.path, finding.at.path)) continue;
    if (ignore.rules.empty()) return true;
    for (const std::string& rule : ignore.rules)
      if (names(rule, finding)) return true;
  }
  return false;
}

}  // namespace

std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found) {
  std::vector<Diagnostic> kept;
  for (Diagnostic& finding : found) {
    if (is_ignored(policy, finding)) continue;
    for (const RuleSetting& setting : policy.rules)
      if (names(setting.rule, finding)) finding.severity = setting.severity;
    if (finding.severity != Severity::off) kept.push_back(std::move(finding));
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace cascade
