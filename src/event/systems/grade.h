// Grades the gates: the systems that judge, by how often they were right.
#pragma once

#include <string>
#include <vector>

#include "policy/policy.h"
#include "systems/systems.h"
#include "systems/verdict.h"

namespace cascade::systems {

// The subject of a judgement: the session's prefix followed by `what`.
std::string subject_of(const std::string& session, const std::string& what);

// Records the verdicts of built-in gates, sets the mode that each gate has earned, and adds to each refusal how
// reliable its gate has been. A gate without a record keeps its configured mode.
void grade(std::vector<Verdict>& verdicts, const std::string& session, const std::string& prompt,
           const policy::Policy& policy, const Surroundings& surroundings);

}  // namespace cascade::systems
