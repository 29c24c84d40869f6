// All rules, by id.
#pragma once

#include <cascade/validate.h>

namespace cascade::validation {

Span<RuleInfo> rule_table() noexcept;

// Reserved ids of rules that are not checked yet: configurations may already name them.
bool is_planned(std::string_view id) noexcept;

}  // namespace cascade::validation
