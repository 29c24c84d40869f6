#include "validate/rules/table.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "validate/rules/rules.h"

namespace cascade::validation {
namespace {

constexpr auto make_table() {
  std::array<RuleInfo, std::size(rule_rows::all)> table{};
  std::transform(std::begin(rule_rows::all), std::end(rule_rows::all), table.begin(), [](const RuleRow& row) {
    const std::array by_profile{row.standard, row.client, row.cascade, row.install};
    return RuleInfo{row.id, row.slug, by_profile, row.fix, row.condition, row.reason, row.bad, row.good};
  });
  return table;
}
constexpr auto table = make_table();

constexpr std::string_view planned[] = {"BD004", "BD006", "CT007", "CT011", "HK009", "ID008",
                                        "PL010", "PL012", "RF009", "SU003", "TL008", "TL010"};

}  // namespace

bool is_planned(std::string_view id) noexcept {
  return std::find(std::begin(planned), std::end(planned), id) != std::end(planned);
}

Span<RuleInfo> rule_table() noexcept { return {table.data(), table.size()}; }

// Which rules run, and how grave their findings are: the profile's severities first, then the settings in their order.
// A setting for a family does not turn on what the profile leaves off; one for a single rule does.
std::optional<std::size_t> rule_number(std::string_view id) noexcept {
  const Span<RuleInfo> table = rule_table();
  const RuleInfo* found = std::lower_bound(
      table.begin(), table.end(), id, [](const RuleInfo& rule, std::string_view wanted) { return rule.id < wanted; });
  if (found == table.end() || found->id != id) return std::nullopt;
  return static_cast<std::size_t>(found - table.begin());
}

bool names_rule(std::string_view name, const RuleInfo& rule) noexcept {
  if (name == rule.id || name == rule.slug) return true;
  return name == rule.id.substr(0, rule.id.find_first_of("0123456789"));
}

Switches::Switches(const RulePolicy& policy)
    : profile_(parse_profile(policy.profile).value_or(Profile::claude_code)), states_(rule_table().size) {
  const Span<RuleInfo> table = rule_table();
  for (std::size_t i = 0; i < table.size; ++i) states_[i].severity = table[i].severity(profile_);
  for (const RuleSetting& setting : policy.rules)
    for (std::size_t i = 0; i < table.size; ++i) {
      if (!names_rule(setting.rule, table[i])) continue;
      const bool family = setting.rule != table[i].id && setting.rule != table[i].slug;
      if (family && states_[i].severity == Severity::off) continue;
      states_[i] = {setting.severity, true};
    }
}

bool Switches::runs(std::string_view rule) const noexcept {
  const auto number = rule_number(rule);
  return number && states_[*number].severity != Severity::off;
}

Severity Switches::severity(std::string_view rule, std::optional<Severity> situation) const noexcept {
  const auto number = rule_number(rule);
  if (!number) return situation.value_or(Severity::warning);
  const State& state = states_[*number];
  if (state.set || state.severity == Severity::off) return state.severity;
  return situation.value_or(state.severity);
}

}  // namespace cascade::validation
