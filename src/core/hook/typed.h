// Who wrote a prompt.
#pragma once

#include "client/event_input.h"
#include "session/ledger.h"

namespace cascade::hook {

// Whether a person typed the prompt in the main conversation. A finished background agent, a timer and a poll fire this
// event too (client 2.1.328); the event's `source` tells, but only if the client's vendor has switched that on. Codex
// fires it in subagents as well (0.169.0).
bool is_typed(const client::EventInput& event, const session::Ledger& ledger);

}  // namespace cascade::hook
