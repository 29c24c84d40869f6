// Connects tiers to the client's events (docs/tiers.md).
#pragma once

#include <cascade/hook.h>

#include <functional>

#include "cli/environment.h"
#include "cli/event_policy.h"

namespace cascade::cli {

// Chooses the model and effort of a subagent that is about to start. Empty if tiers are off or the event starts no
// subagent.
std::function<ModelChoice(const StartedAgent& agent)> model_chooser(const Environment& environment,
                                                                    const HookEvent& event, EventPolicy& configured,
                                                                    std::int64_t now);

// Records the progress of a call and the usage of its subagent. Faults go to the fault log.
void tier_event(const Environment& environment, const HookEvent& event, EventPolicy& configured, std::int64_t now);

}  // namespace cascade::cli
