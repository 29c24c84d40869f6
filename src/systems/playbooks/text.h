// Renders runs of playbooks: their position, the outcome of a move, and the record of a run.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "playbook/run.h"

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
