// All rules, by id.
#pragma once

#include <cascade/validate.h>

#include <optional>
#include <string_view>
#include <vector>

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

// Decides which rules run under a policy, and how severe they are.

// A rule's number in rule_table().
std::optional<std::size_t> rule_number(std::string_view id) noexcept;

// True when `name` (an id, a slug or a family) means the rule.
bool names_rule(std::string_view name, const RuleInfo& rule) noexcept;

// A profile decides which rules run. A setting for a rule's id or slug turns it on or off and fixes its severity; one
// for a family only affects rules that run. Later settings win.
class Switches {
 public:
  explicit Switches(const RulePolicy& policy);

  Profile profile() const noexcept { return profile_; }
  bool runs(std::string_view rule) const noexcept;
  // The severity of a finding: the setting, else `situation` (if the rule distinguishes cases), else the profile's.
  Severity severity(std::string_view rule, std::optional<Severity> situation) const noexcept;

 private:
  struct State {
    Severity severity = Severity::off;
    bool set = false;
  };
  Profile profile_;
  std::vector<State> states_;
};

}  // namespace cascade::validation
