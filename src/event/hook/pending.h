// Tracks the layers that went into a subagent's prompt before the subagent had an id.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hook/event.h"

namespace cascade::hook {

// Returns "pending:<type>#<id of the tool's call>", a recipient that is unique: two subagents of one type each get
// their own layer. `type` is the one that starts; without a type the client starts general-purpose (2.1.328). An agent
// with a name waits as "pending:<type>@<name>#<id>": a teammate starts with its name as its type, other agents with
// their type (2.1.328, 2.1.329).
std::string pending_recipient(const EventInput& event, const session::Ledger& ledger, const std::string& type);

// Takes the oldest layer of this turn that waits for a subagent of that name, or else of that type, so that no other
// subagent takes it. False if none waits.
bool take_pending(Conversation& conversation);

}  // namespace cascade::hook
