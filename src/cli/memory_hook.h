// Connects memory to the client's events.
#pragma once

#include <cascade/hook.h>

#include <string>
#include <string_view>

#include "cli/environment.h"
#include "cli/event_policy.h"

namespace cascade::cli {

// Finds out whether memory is on where the event comes from, and sets the hook's options for it.
void prepare_recall(const Environment& environment, const HookEvent& event, EventPolicy& configured,
                    HookOptions& options);

// Before a compaction: asks the model what to write down. After it: captures what the model wrote. At a session's end:
// tidies the store. Returns the text for standard output. Error: it could not be stored.
Result<std::string> memory_event(const Environment& environment, const HookEvent& event, std::string_view event_json,
                                 EventPolicy& configured, std::int64_t now);

}  // namespace cascade::cli
