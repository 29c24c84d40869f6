// Suppressions.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo su_rules[] = {
    {"SU001", "suppression-unused", every(warning), FixKind::safe,
     "A comment that suppresses a rule suppressed nothing.", "A stale excuse hides the next fault.",
     "cascade-ignore CT001 above a good link", "no comment"},
    {"SU002", "suppression-refused", every(warning), FixKind::none,
     "A comment in a file tries to silence a security rule, TL005 or TL006. Only cascade.yaml can, with a reason.",
     "What is checked must not acquit itself.", "<!-- cascade-ignore SEC007 -->", "an entry of ignore in cascade.yaml"},
};

}  // namespace cascade::validation
