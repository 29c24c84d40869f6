// Runs of playbooks: where they stand, what came of a move, and the record of one.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "playbook/run.h"
#include "syntax/json.h"

namespace cascade::rendering {

// A run as an object.
void put_run(syntax::JsonWriter& json, const playbook::Run& run, const std::vector<session::Entry>& entries);

// Formats text (a drawing a run) and json (cascade.playbook/1).
Result<std::string> playbook_status(const std::string& session_id, const std::vector<playbook::Run>& runs,
                                    const std::vector<session::Entry>& entries, Format format);

// What came of a move; text: what the model is told.
struct MoveResult {
  std::string session_id, context, refusal, help;
  const playbook::Run* run = nullptr;  // after it; null: there is none
};
// cascade.step/1
std::string move_json(const MoveResult& result, const std::vector<session::Entry>& entries);

// Each claim with what showed it: Markdown for a pull request (also as text), or json (cascade.playbook-report/1).
Result<std::string> playbook_report(const std::string& session_id, const playbook::Run& run,
                                    const std::vector<session::Entry>& entries, Format format);

}  // namespace cascade::rendering
