// The code that `playbook` and `step` share: choosing the session, and making a move in it.
#pragma once

#include <cascade/render.h>

#include <functional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "hook/steps.h"
#include "playbook/run.h"
#include "session/ledger.h"

namespace cascade::cli {

// The session with this id or prefix of an id. Without one: the session that the client runs this in, or else the
// newest one with a playbook, or else the newest. Errors: not_found, misuse.
Result<std::string> session_meant(const Call& call, const std::string& named);

// Makes a move in a session and prints its outcome. Exit code `no` if the move was refused.
Exit make_move(Call& call, const std::string& session, Format format,
               const std::function<Result<hook::Moved>(hook::Conversation& conversation)>& move);

}  // namespace cascade::cli

// Renders runs of playbooks: their position, the outcome of a move, and the record of a run.

namespace cascade::rendering {

// Formats text (one drawing for each run) and json (cascade.playbook/1).
Result<std::string> playbook_status(const std::string& session_id, const std::vector<playbook::Run>& runs,
                                    const std::vector<session::Entry>& entries, Format format);

// The outcome of a move; text: the words for the model.
struct MoveResult {
  std::string session_id, context, refusal, help;
  const playbook::Run* run = nullptr;  // after the move; null if there is none
};
// cascade.step/1
std::string move_json(const MoveResult& result, const std::vector<session::Entry>& entries);

// Each claim with its evidence: Markdown for a pull request (also as text), or json (cascade.playbook-report/1).
Result<std::string> playbook_report(const std::string& session_id, const playbook::Run& run,
                                    const std::vector<session::Entry>& entries, Format format);

}  // namespace cascade::rendering
