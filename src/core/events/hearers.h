// Tells the client's events to the systems around the library (system/system.h).
#pragma once

#include <cascade/hook.h>
#include <cascade/result.h>

#include "client/event_input.h"
#include "events/event_session.h"

namespace cascade::systems {

// What the systems say about the event, joined in the order of their rows. The fault of one silences that one alone.
client::Answer what_systems_say(EventSession& session);

// Tells the event to the systems that only note it. Called when the answer is written.
void tell_systems(EventSession& session);

}  // namespace cascade::systems
