// Which layers were put into a subagent's prompt before the subagent had an id.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/ledger.h"

namespace cascade::hook {

// "pending:<type>#<n>", a recipient that nobody else has: two subagents of one type each get their own layer.
std::string pending_recipient(std::string_view type, const session::Ledger& ledger);

// The oldest pending recipient of that type that no subagent has taken over yet.
std::optional<std::string> take_pending(std::string_view type, const session::Ledger& ledger);

}  // namespace cascade::hook
