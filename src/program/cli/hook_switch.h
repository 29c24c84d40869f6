// `cascade hook --off`: a marker in the state folder that silences all hooks of this user.
#pragma once

#include <cascade/result.h>

#include "cli/environment.h"

namespace cascade::cli {

bool are_hooks_off(const Environment& environment);

// Error: unwritable if there is no state folder, or the marker cannot be written or removed.
Result<void> switch_hooks(const Environment& environment, bool off);

}  // namespace cascade::cli
