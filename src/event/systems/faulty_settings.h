// Tells the user at the next event what is wrong with their settings, once in a session.
#pragma once

#include <cascade/workspace.h>

#include <string>

#include "systems/event_session.h"

namespace cascade::systems {

// The lines for the screen; empty: nothing is wrong, it was told in this session, or the event is none that tells.
// `where`: how the library is opened.
std::string faulty_settings(EventSession& session, const WorkspaceOptions& where);

// Notes that these lines were told.
void note_told(EventSession& session, const std::string& lines);

}  // namespace cascade::systems
