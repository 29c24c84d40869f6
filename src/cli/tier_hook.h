// The tiers' part in the client's events (docs/tiers.md).
#pragma once

#include <cascade/hook.h>

#include <functional>

#include "cli/environment.h"
#include "cli/event_policy.h"

namespace cascade::cli {

// What a subagent that is about to start is to run on; nothing where tiers are off or the event starts none.
std::function<ModelChoice(const StartedAgent& agent)> model_chooser(const Environment& environment,
                                                                    const HookEvent& event, EventPolicy& configured,
                                                                    std::int64_t now);

// Notes what became of a call and what its subagent used. Faults go to the fault log.
void tier_event(const Environment& environment, const HookEvent& event, EventPolicy& configured, std::int64_t now);

}  // namespace cascade::cli
