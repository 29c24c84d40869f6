// What programs may ask about the rules: the words for profiles and kinds of fixes, and a rule by its id or its slug.
#include <cascade/validate.h>

#include "validate/rules/switches.h"
#include "validate/rules/table.h"

namespace cascade {

std::string_view to_string(Profile profile) noexcept {
  switch (profile) {
    case Profile::agent_skills: return "agent-skills";
    case Profile::claude_code: return "claude-code";
    case Profile::cascade: return "cascade";
    case Profile::install: return "install";
  }
  return "claude-code";
}

std::optional<Profile> parse_profile(std::string_view text) noexcept {
  for (const Profile profile : {Profile::agent_skills, Profile::claude_code, Profile::cascade, Profile::install})
    if (to_string(profile) == text) return profile;
  return std::nullopt;
}

std::string_view to_string(FixKind fix) noexcept {
  switch (fix) {
    case FixKind::none: return "none";
    case FixKind::safe: return "safe";
    case FixKind::unsafe: return "unsafe";
  }
  return "none";
}

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
