// Every fault at its place. Rules judge; what parsing and binding found is one of their sources.
#ifndef CASCADE_VALIDATE_H
#define CASCADE_VALIDATE_H

#include <cascade/diagnostic.h>
#include <cascade/registry.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade {

// `severity` is the default of profile claude-code.
struct RuleInfo {
  std::string_view id, slug;
  Severity severity = Severity::warning;
  std::string_view summary, help;
};

// By id: the rules that findings may carry.
Span<RuleInfo> rules();
const RuleInfo* find_rule(std::string_view id_or_slug) noexcept;  // null when there is none

// `files`: paths to judge (empty: all). `read`: any text file of the tree by its path.
struct ValidateRequest {
  RulePolicy policy;
  std::vector<std::string> files;
  std::function<Result<std::string>(std::string_view path)> read;
};

// Every finding, sorted; callers apply() the policy.
std::vector<Diagnostic> validate(const Registry& registry, const ValidateRequest& request);

// Drops what the policy ignores, sets severities, sorts by path, line, column, rule, message. Deterministic.
std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found);

}  // namespace cascade

#endif  // CASCADE_VALIDATE_H
