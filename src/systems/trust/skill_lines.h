// The shell commands in the texts of skills and commands, which the client runs when it loads them: each waits for the
// consent that a skill's own programs wait for.
#pragma once

#include <cascade/manifest.h>

#include <string>
#include <vector>

#include "events/verdict.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "trust/skill_hooks.h"

namespace cascade::systems {

// A manifest that a name calls.
struct CalledManifest {
  Symbol symbol;
  std::string path;  // of its file; absolute
};

// The skills and commands of that name, as the client would call them.
std::vector<CalledManifest> called_there(const std::string& name, const std::string& directory,
                                         const Surroundings& surroundings);

// Adds a verdict unless every manifest in `called` whose text holds shell commands was allowed as it is now: a skill
// with a folder of its own by `cascade trust allow`, which is for the whole folder, any other by its file. If there is
// none, the command comes from a file that nobody could allow, and is refused, too. What was decided is logged.
void judge_skill_line(const hook::EventInput& event, policy::Mode mode, const std::vector<CalledManifest>& called,
                      const HookPlace& place, std::vector<Verdict>& verdicts);

}  // namespace cascade::systems
