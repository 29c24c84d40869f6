// What `playbook` and `step` share: the session that is meant, and a move in it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/call.h"
#include "hook/steps.h"
#include "session/ledger.h"

namespace cascade::cli {

// By id or by the beginning of one; else the one that the client runs this in; else the newest with a playbook, and
// where none has one the newest. not_found, misuse.
Result<std::string> session_meant(const Call& call, const std::string& named);

// Makes a move in a session and prints what came of it: no when it was refused.
Exit make_move(Call& call, const std::string& session, Format format,
               const std::function<Result<hook::Moved>(hook::Conversation& conversation)>& move);

}  // namespace cascade::cli
