// The systems around the library that hear the client's events. A new one is a file with its function, a line in
// hearers.cpp, and its rows in policy/systems.tsv.
#pragma once

#include <cascade/hook.h>
#include <cascade/result.h>

#include "client/event_input.h"
#include "systems/event_session.h"

namespace cascade::systems {

// What the systems say about the event, joined in the order of their rows. The fault of one silences that one alone.
client::Answer what_systems_say(EventSession& session);

// Tells the event to the systems that only note it. Called when the answer is written.
void tell_systems(EventSession& session);

// The systems that lie in files of their own; docs/hooks.md says what they do with which event. Errors go to the fault
// log.
Result<client::Answer> note_tiers(EventSession& session);
Result<client::Answer> keep_memory(EventSession& session);
Result<client::Answer> offer_past(EventSession& session);

// What tiers and memory say while the library answers. The model and effort of a subagent that is about to start; empty
// if tiers are off or the event starts no subagent. `options`: those of the answer, as far as they are known.
ModelChoice choose_model(EventSession& session, Workspace& library, const HookOptions& options);
// Finds out whether memory is on where the event comes from, and sets the hook's options for it.
void prepare_recall(EventSession& session, HookOptions& options);

}  // namespace cascade::systems
