// How an event is answered here: the budgets, the user's folder, what the user allowed.
#pragma once

#include <cascade/hook.h>

#include "cli/call.h"

namespace cascade::cli {

// Without a memory and a clock. Budgets are CASCADE_BUDGET's, else those of cascade.yaml, in the tokens of the model;
// what is unset or unreadable leaves the default.
HookOptions hook_options(const Call& call, const Workspace& workspace);

}  // namespace cascade::cli
