// Connects tiers to the client's events (docs/tiers.md).
#pragma once

#include <cascade/hook.h>

#include <functional>

#include "cli/event_session.h"

namespace cascade::cli {

// Chooses the model and effort of a subagent that is about to start. Empty if tiers are off or the event starts no
// subagent. `session` must outlive it.
std::function<ModelChoice(const StartedAgent& agent)> model_chooser(EventSession& session);

}  // namespace cascade::cli
