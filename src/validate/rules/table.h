// The rules, by id. A rule stands here when something can report it.
#pragma once

#include <cascade/validate.h>

namespace cascade::validation {

Span<RuleInfo> rule_table() noexcept;

}  // namespace cascade::validation
