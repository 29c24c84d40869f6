// A cascade.yaml as text, in which one line of `skills` is written or taken out.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>

#include "policy/skill_switches.h"

namespace cascade::skills {

// The text with `key: use` as the last line of `skills`, and without earlier lines of this key; nothing for `use`: only
// without them. The rest stays as it is. unsupported: `skills` is written in a form that is not edited here.
Result<std::string> with_switch(std::string_view text, std::string_view key, std::optional<policy::Use> use);

}  // namespace cascade::skills
