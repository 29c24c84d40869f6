// `cascade hook --off`: a marker in the state folder that silences all hooks of this user.
#pragma once

#include "cli/call.h"

namespace cascade::cli {

bool are_hooks_off(const Environment& environment);

// `cascade hook --off` and `--on`. A failure is said: there is no state folder, or the marker cannot be written or
// removed.
Exit switch_hooks(Call& call, bool off);

}  // namespace cascade::cli
