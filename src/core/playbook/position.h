// Describes the position of a run in words.
#pragma once

#include <string>
#include <vector>

#include "playbook/run.h"

namespace cascade::playbook {

// "fix-production-bug: step 2 of 5, root-cause-tracing, ends when said".
std::string position_line(const Run& run);

// The run with one line for each step: the evidence for those that are done, and the exits of the open ones.
std::string drawing(const Run& run, const std::vector<session::Entry>& entries);

// The evidence for a step that is done, "red: pytest -k refund"; "said" if none was needed.
std::string shown_by(const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries);

// One line for each open step: how it ends and by which command. `program`: the command that starts cascade.
std::string how_to_go_on(const Run& run, const std::string& program);

// The steps that end only when a run or an outside effect is seen, as "1, 3 and 4"; empty if there are none.
std::string steps_to_be_seen(const Run& run);

// The system under which the guard records a question about a step.
constexpr std::string_view asked_source = "playbooks";

}  // namespace cascade::playbook
