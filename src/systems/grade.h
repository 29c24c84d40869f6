// What judges, and how often it was right: gates.
#pragma once

#include <string>
#include <vector>

#include "policy/policy.h"
#include "systems/systems.h"
#include "systems/verdict.h"

namespace cascade::systems {

// Subjects of a session begin so.
std::string subject_of(const std::string& session, const std::string& what);

// Notes the verdicts of gates that are built in, with the mode that they have earned, and says in each refusal how sure
// its gate has been. Where there is no record, all stays as configured.
void grade(std::vector<Verdict>& verdicts, const std::string& session, const std::string& prompt,
           const policy::Policy& policy, const Surroundings& surroundings);

}  // namespace cascade::systems
