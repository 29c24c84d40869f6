#include <cascade/validate.h>

#include "validate/rules/table.h"

#include <algorithm>
#include <functional>

namespace cascade {

Span<RuleInfo> rules() { return validation::rule_table(); }

const RuleInfo* find_rule(std::string_view id_or_slug) noexcept {
  for (const RuleInfo& rule : validation::rule_table())
    if (rule.id == id_or_slug || rule.slug == id_or_slug) return &rule;
  return nullptr;
}

// Today's findings are those of parsing and binding.
std::vector<Diagnostic> validate(const Registry& registry, const ValidateRequest& request) {
  std::vector<Diagnostic> found = registry.problems();
  if (!request.files.empty()) {
    const auto is_judged = [&](const Diagnostic& finding) {
      return std::find(request.files.begin(), request.files.end(), finding.at.path) != request.files.end();
    };
    found.erase(std::remove_if(found.begin(), found.end(), std::not_fn(is_judged)), found.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace cascade
