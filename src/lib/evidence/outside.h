// What a session's ledger says of the world outside: effects, and looks at them.
#pragma once

#include <string>
#include <vector>

#include "evidence/claims.h"
#include "evidence/finding.h"
#include "session/ledger.h"

namespace cascade::systems {

evidence::Finding finding_of(const session::Entry& entry);

// All ledger entries about the outside, in the order in which they happened.
std::vector<evidence::Event> outside_events(const session::Ledger& ledger);

// Whether a subagent has done something outside that nobody has looked at.
bool has_open_effect(const session::Ledger& ledger, const std::string& agent);

}  // namespace cascade::systems
