// How events are answered here: the budgets, the user's folder, the user's permissions.
#pragma once

#include "cli/call.h"
#include "events/event_answer.h"

namespace cascade::cli {

// Does not set a memory or a clock. Budgets come from CASCADE_BUDGET, or else from cascade.yaml, in the model's tokens;
// unset or unreadable values keep the default.
HookOptions hook_options(const Call& call, const Workspace& workspace);

// What is missing for the end of a playbook's steps to be seen; empty: nothing is. `policy`: where the session began.
std::string missing_sight(const Environment& environment, const Result<policy::Policy>& policy);

// An event's answer from here. Both must outlive the result.
systems::Program event_program(Call& call, systems::EventSession& session);

}  // namespace cascade::cli
