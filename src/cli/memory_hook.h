// Memory's part in the client's events.
#pragma once

#include <cascade/hook.h>

#include <string>
#include <string_view>

#include "cli/environment.h"
#include "cli/event_policy.h"

namespace cascade::cli {

// Whether memory is on where the event comes from, and what a hook has to know of it.
void prepare_recall(const Environment& environment, const HookEvent& event, EventPolicy& configured,
                    HookOptions& options);

// Before a compaction: what the model is asked to write down. After it: what it wrote is captured. At a session's end
// the store is tidied. The text goes to standard output. Error: it could not be kept.
Result<std::string> memory_event(const Environment& environment, const HookEvent& event, std::string_view event_json,
                                 EventPolicy& configured, std::int64_t now);

}  // namespace cascade::cli
