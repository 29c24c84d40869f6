// The systems around the library that hear the client's events. A new one is a file with its function and a row in
// event_systems.cpp.
#pragma once

#include <cascade/result.h>

#include "cli/event_session.h"
#include "client/event_input.h"

namespace cascade::cli {

// What the systems say about the event, joined in the order of their rows. The fault of one silences that one alone.
client::Answer what_systems_say(EventSession& session);

// Tells the event to the systems that only note it. Called when the answer is written.
void tell_systems(EventSession& session);

// One function for each system; docs/hooks.md says what they do with which event. Errors go to the fault log.
Result<client::Answer> note_evidence(EventSession& session);  // places, effects, playbooks, leases, checks
Result<client::Answer> run_skill_hooks(EventSession& session);
Result<client::Answer> note_tiers(EventSession& session);
Result<client::Answer> keep_memory(EventSession& session);

}  // namespace cascade::cli
