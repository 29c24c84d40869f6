// Where a run stands, in words.
#pragma once

#include <string>
#include <vector>

#include "playbook/run.h"

namespace cascade::playbook {

// "fix-production-bug: step 2 of 5, root-cause-tracing, ends when said".
std::string position_line(const Run& run);

// The run with a line a step: what showed those that are done, what the open ones want.
std::string drawing(const Run& run, const std::vector<session::Entry>& entries);

// What showed a step that is done, "red: pytest -k refund"; "said" where nothing had to.
std::string shown_by(const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries);

// How the open steps end and by which command, a line each. `program`: how cascade is called.
std::string how_to_go_on(const Run& run, const std::string& program);

// The system that a guard's question about a step is noted under.
constexpr std::string_view asked_source = "playbooks";

}  // namespace cascade::playbook
