// How events are answered here: the budgets, the user's folder, the user's permissions.
#pragma once

#include <cascade/hook.h>

#include "cli/call.h"

namespace cascade::cli {

// Does not set a memory or a clock. Budgets come from CASCADE_BUDGET, or else from cascade.yaml, in the model's tokens;
// unset or unreadable values keep the default.
HookOptions hook_options(const Call& call, const Workspace& workspace);

}  // namespace cascade::cli
