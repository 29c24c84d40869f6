// Connects memory to the client's events.
#pragma once

#include <cascade/hook.h>

#include "cli/event_session.h"

namespace cascade::cli {

// Finds out whether memory is on where the event comes from, and sets the hook's options for it.
void prepare_recall(EventSession& session, HookOptions& options);

}  // namespace cascade::cli
