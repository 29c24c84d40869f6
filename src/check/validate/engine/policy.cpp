// Applies a user's configuration to the findings.
#include <cascade/validate.h>

#include "files/glob.h"
#include "validate/rules/switches.h"

#include <algorithm>

namespace cascade {
namespace {

bool is_ignored(const RulePolicy& policy, const Diagnostic& finding) {
  if (policy.ignore.empty()) return false;
  const RuleInfo* rule = find_rule(finding.rule);
  for (const Ignore& ignore : policy.ignore) {
    if (!files::matches_glob(ignore.path, finding.at.path)) continue;
    if (ignore.rules.empty()) return true;
    for (const std::string& name : ignore.rules)
      if (name == finding.rule || (rule != nullptr && validation::names_rule(name, *rule))) return true;
  }
  return false;
}

}  // namespace

std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found) {
  const validation::Switches switches(policy);
  std::vector<Diagnostic> kept;
  for (Diagnostic& finding : found) {
    if (is_ignored(policy, finding)) continue;
    finding.severity = switches.severity(finding.rule, finding.severity);
    if (finding.severity != Severity::off) kept.push_back(std::move(finding));
  }
  if (!std::is_sorted(kept.begin(), kept.end())) std::sort(kept.begin(), kept.end());  // usually they are
  return kept;
}

}  // namespace cascade
