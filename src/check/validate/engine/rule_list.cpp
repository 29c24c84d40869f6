// What programs may ask about the rules: the words for profiles and kinds of fixes, and a rule by its id or its slug.
#include <cascade/validate.h>

#include "text/names.h"
#include "validate/rules/switches.h"
#include "validate/rules/table.h"

namespace cascade {

constexpr letters::Names<Profile::install> profile_names("agent-skills", "claude-code", "cascade", "install");
std::string_view to_string(Profile profile) noexcept { return profile_names.of(profile); }

std::optional<Profile> parse_profile(std::string_view text) noexcept { return profile_names.find(text); }

constexpr letters::Names<FixKind::unsafe> fix_kind_names("none", "safe", "unsafe");
std::string_view to_string(FixKind fix) noexcept { return fix_kind_names.of(fix); }

Span<RuleInfo> rules() { return validation::rule_table(); }

const RuleInfo* find_rule(std::string_view id_or_slug) noexcept {
  if (const auto number = validation::rule_number(id_or_slug)) return validation::rule_table().begin() + *number;
  for (const RuleInfo& rule : validation::rule_table())
    if (rule.slug == id_or_slug) return &rule;
  return nullptr;
}

bool is_rule_name(std::string_view name) noexcept {
  if (find_rule(name) != nullptr || validation::is_planned(name)) return true;
  for (const RuleInfo& rule : validation::rule_table())
    if (rule.id.substr(0, rule.id.find_first_of("0123456789")) == name) return true;
  return false;
}

}  // namespace cascade
