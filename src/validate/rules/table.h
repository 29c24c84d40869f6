// All rules, by id.
#pragma once

#include <cascade/validate.h>

namespace cascade::validation {

Span<RuleInfo> rule_table() noexcept;

// Ids that are taken but not checked yet: configurations may already name them.
bool is_planned(std::string_view id) noexcept;

}  // namespace cascade::validation
