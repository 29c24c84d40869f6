// The code that `playbook` and `step` share: choosing the session, and making a move in it.
#pragma once

#include <functional>
#include <string>

#include "cli/call.h"
#include "hook/steps.h"
#include "session/ledger.h"

namespace cascade::cli {

// The session with this id or prefix of an id. Without one: the session that the client runs this in, or else the
// newest one with a playbook, or else the newest. Errors: not_found, misuse.
Result<std::string> session_meant(const Call& call, const std::string& named);

// Makes a move in a session and prints its outcome. Exit code `no` if the move was refused.
Exit make_move(Call& call, const std::string& session, Format format,
               const std::function<Result<hook::Moved>(hook::Conversation& conversation)>& move);

}  // namespace cascade::cli
